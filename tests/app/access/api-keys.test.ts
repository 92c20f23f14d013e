import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/api-key-schema.ts";
import { ensureApiKey } from "#lib/operations/operators/environment.ts";
import type { Page } from "#lib/operations/fields.ts";
import { API_KEY, startApi, type Api } from "#tests/support/api.ts";
import { keyOf, personOf } from "./stage.ts";

const DAY_MS = 86_400_000;

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const create = (json: object, key?: string) =>
  api.ask<ApiKeyCreated>("POST", "/api-keys", { json, key });
const status = async (key: string) => (await api.ask("GET", "/courses", { key })).status;

describe("a new key", () => {
  test("reads only, and ends after 90 days, unless it is said otherwise", async () => {
    const { body } = await create({ name: "plain" });
    expect(body).toMatchObject({ scopes: ["read"], registrationIds: [], revokedAt: null });
    const lifeMs = Date.parse(body.expiresAt!) - Date.parse(body.createdAt);
    expect(Math.round(lifeMs / DAY_MS)).toBe(90);
    expect((await create({ name: "for ever", expiresInDays: null })).body.expiresAt).toBeNull();
  });

  test.each([
    { scopes: [] },
    { scopes: ["everything"] },
    { expiresInDays: 0 },
    { expiresInDays: 4_000 },
    { registrationIds: ["x"] },
    { scopes: ["admin"], registrationIds: [crypto.randomUUID()] },
  ])("is refused with %j", async (fields) => {
    expect((await create({ name: "wrong", ...fields })).status).toBe(422);
  });

  test("holds nothing that its maker does not", async () => {
    const { key } = await keyOf(api, ["admin"]);
    const { status: refused, body } = await create({ name: "x", scopes: ["read:names"] }, key);
    expect(refused).toBe(403);
    expect(body).toMatchObject({
      code: "operation.not_permitted",
      facts: { right: "read:names", reason: "more_than_own" },
    });
  });

  test("notes when and where it was used last", async () => {
    const { key, id } = await keyOf(api, ["read"]);
    await api.ask("GET", "/courses", {
      key,
      headers: { "x-rollbook-client-address": "198.51.100.7" },
    });
    const { body } = await api.ask<Page<ApiKeyView>>("GET", "/api-keys?limit=200");
    const seen = body.items.find((each) => each.id === id);
    expect(seen).toMatchObject({ lastUsedAddress: "198.51.100.7" });
    expect(Date.now() - Date.parse(seen!.lastUsedAt!)).toBeLessThan(60_000);
  });
});

describe("a key that a key made", () => {
  test("goes with it, and with those before it", async () => {
    const first = await keyOf(api, ["admin"]);
    const second = (await create({ name: "child", scopes: ["admin"] }, first.key)).body;
    const third = (await create({ name: "grandchild" }, second.key)).body;
    expect([second.parentId, third.parentId]).toEqual([first.id, second.id]);
    expect(await status(third.key)).toBe(200);
    await api.ask("DELETE", `/api-keys/${first.id}`);
    expect([await status(first.key), await status(second.key), await status(third.key)]).toEqual([
      401, 401, 401,
    ]);
  });

  test("does not outlive it", async () => {
    const { key, id } = await keyOf(api, ["admin"], { expiresInDays: 2 });
    const { body } = await create({ name: "child", expiresInDays: 90 }, key);
    const parent = await api.runtime.db.prisma.apiKey.findUniqueOrThrow({ where: { id } });
    expect(body.expiresAt).toBe(parent.expiresAt?.toISOString());
  });
});

describe("rotation", () => {
  test("makes a key of the same kind, and lets the old one go on for a while", async () => {
    const old = await keyOf(api, ["read", "scores:write"], { expiresInDays: 30 });
    const path = `/api-keys/${old.id}/rotate`;
    const { body } = await api.ask<ApiKeyCreated>("POST", path, { json: { overlapHours: 1 } });
    expect(body).toMatchObject({ scopes: ["read", "scores:write"], replacesId: old.id });
    expect([await status(old.key), await status(body.key)]).toEqual([200, 200]);
    const kept = await api.runtime.db.prisma.apiKey.findUniqueOrThrow({ where: { id: old.id } });
    expect(kept.expiresAt!.getTime()).toBeLessThan(Date.now() + 2 * 3_600_000);
    expect(Math.round((Date.parse(body.expiresAt!) - Date.now()) / DAY_MS)).toBe(30);
  });

  test("without overlap ends the old one at once; its children go on with the new one", async () => {
    const old = await keyOf(api, ["admin"]);
    const child = (await create({ name: "child" }, old.key)).body;
    const path = `/api-keys/${old.id}/rotate`;
    const next = await api.ask<ApiKeyCreated>("POST", path, { json: { overlapHours: 0 } });
    expect([await status(old.key), await status(child.key)]).toEqual([401, 200]);
    expect((await api.ask("POST", path, { json: { overlapHours: 0 } })).status).toBe(409);
    await api.ask("DELETE", `/api-keys/${next.body.id}`);
    expect(await status(child.key)).toBe(401);
  });
});

test("a key of the environment goes when the environment names another, and stays withdrawn", async () => {
  const { db } = api.runtime;
  const admin = await personOf(api, "admin");
  const [first = "", second = ""] = [1, 2].map((each) => `environment-${each}-${admin.id}`);
  await ensureApiKey(db, first, new Date());
  expect([await status(API_KEY), await status(first)]).toEqual([401, 200]);
  await ensureApiKey(db, second, new Date());
  // As at the next start of a process that still has the old value.
  await ensureApiKey(db, first, new Date());
  expect([await status(first), await status(second)]).toEqual([401, 200]);
});
