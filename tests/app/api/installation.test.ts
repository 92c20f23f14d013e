import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/api-key-schema.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import type { Activity } from "#lib/operations/overview/activity-schema.ts";
import type { Overview } from "#lib/operations/overview/overview-schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { createCourse } from "./inputs.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe("an API key", () => {
  test("is told once, opens what it may, and nothing after it is revoked", async () => {
    const created = await api.ask<ApiKeyCreated>("POST", "/api-keys", {
      json: { name: "Gradebook export" },
    });
    expect(created.status).toBe(201);
    const { id, key, prefix } = created.body;
    expect(key.startsWith(prefix)).toBe(true);
    expect((await api.ask("GET", "/courses", { key })).status).toBe(200);

    const listed = await api.ask<Page<ApiKeyView>>("GET", "/api-keys");
    expect(listed.body.items[0]).toMatchObject({ id, name: "Gradebook export", prefix });
    expect(JSON.stringify(listed.body)).not.toContain(key);

    const revoked = await api.ask<ApiKeyView>("DELETE", `/api-keys/${id}`);
    expect(revoked.body.revokedAt).toEqual(expect.any(String));
    const again = await api.ask("DELETE", `/api-keys/${id}`);
    expect(again.body).toEqual(revoked.body);
    expect((await api.ask("GET", "/courses", { key })).status).toBe(401);
  });

  test("has a name", async () => {
    const { status, body } = await api.ask("POST", "/api-keys", { json: { name: "  " } });
    expect(status).toBe(422);
    expect(body.fields).toEqual({ name: ["name is required"] });
  });
});

test("the overview counts what is there", async () => {
  const before = (await api.ask<Overview>("GET", "/overview")).body;
  await createCourse(api);
  const { status, body } = await api.ask<Overview>("GET", "/overview");
  expect(status).toBe(200);
  expect(body.courses).toBe(before.courses + 1);
  expect(body.registrations).toBe(before.registrations + 1);
});

test.each([
  ["24h", 24],
  ["7d", 28],
  ["30d", 30],
])("the activity of %s has its steps up to now", async (period, count) => {
  const { status, body } = await api.ask<Activity>("GET", `/activity?period=${period}`);
  expect(status).toBe(200);
  expect(body.steps).toHaveLength(count);
  const last = Date.parse(body.steps.at(-1)!.at);
  expect(last).toBeLessThanOrEqual(Date.now());
  expect(last + body.stepSeconds * 1_000).toBeGreaterThan(Date.now() - 60_000);
  for (const { runs, failed } of body.registrations)
    expect([runs.length, failed.length]).toEqual([count, count]);
});

test("the system says where platforms fetch our keys", async () => {
  const { status, body } = await api.ask("GET", "/system");
  expect(status).toBe(200);
  expect(body).toMatchObject({ jwksUrl: "https://rollbook.example.edu/lti/jwks" });
});

test("the audit log is paged, newest first, each entry once", async () => {
  for (let index = 0; index < 3; index++) {
    await api.ask("POST", "/api-keys", { json: { name: `audited ${index}` } });
  }
  const first = await api.ask<Page<AuditEntryView>>("GET", "/audit?object=api_key&limit=2");
  const path = `/audit?object=api_key&cursor=${first.body.nextCursor}`;
  const next = await api.ask<Page<AuditEntryView>>("GET", path);
  const entries = [...first.body.items, ...next.body.items];
  const names = entries.map(({ detail }) => detail?.name);
  expect(names.slice(0, 3)).toEqual(["audited 2", "audited 1", "audited 0"]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(first.body.total);
});

describe("HEAD and OPTIONS", () => {
  test("HEAD answers as GET, without a body", async () => {
    const head = await api.ask("HEAD", "/courses");
    expect(head).toMatchObject({ status: 200, body: null });
    expect(head.headers.get("content-type")).toBe("application/json");
    expect((await api.ask("HEAD", "/courses", { key: null })).status).toBe(401);
    expect((await api.ask("HEAD", "/nothing")).status).toBe(404);
  });

  test("OPTIONS says what a path takes, to anyone, and allows no other origin", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const { status, ...answer } = await api.ask("OPTIONS", "/courses", { key: null, headers });
    expect(status).toBe(204);
    expect(answer.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});
