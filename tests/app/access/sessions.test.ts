import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionLimits, SessionView } from "#lib/operations/sessions/schema.ts";
import { startApi, type Api, type Asked } from "#tests/support/api.ts";
import { personOf } from "./stage.ts";

type Listed = { items: SessionView[] };

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());

const own = async (asked: Asked) => (await api.ask<Listed>("GET", "/account/sessions", asked)).body;
const status = async (asked: Asked) => (await api.ask("GET", "/courses", asked)).status;
const agoHours = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function sessionOf(asked: Asked): Promise<string> {
  const { items } = await own(asked);
  return items.find(({ isOwn }) => isOwn)!.id;
}

test("people see and end their own sessions, and nobody else's", async () => {
  const one = await personOf(api, "viewer");
  const other = await personOf(api, "viewer");
  const { items } = await own(one.asked);
  expect(items).toMatchObject([{ isOwn: true, operator: { id: one.id } }]);
  const foreign = `/account/sessions/${await sessionOf(other.asked)}`;
  expect((await api.ask("DELETE", foreign, one.asked)).status).toBe(404);
  expect(await status(other.asked)).toBe(200);
  expect((await api.ask("DELETE", `/account/sessions/${items[0]!.id}`, one.asked)).status).toBe(
    200,
  );
  expect(await status(one.asked)).toBe(401);
});

test("an admin sees everybody's sessions and ends one, which is on record", async () => {
  const viewer = await personOf(api, "viewer");
  const admin = await personOf(api, "admin");
  const { body } = await api.ask<Listed>("GET", "/sessions", admin.asked);
  const found = body.items.find(({ operator }) => operator.id === viewer.id)!;
  expect((await api.ask("DELETE", `/sessions/${found.id}`, admin.asked)).status).toBe(200);
  expect(await status(viewer.asked)).toBe(401);
  const entry = await api.runtime.db.prisma.auditEntry.findFirstOrThrow({
    where: { action: "session.end", objectId: viewer.id },
  });
  expect(entry).toMatchObject({ actorId: admin.id, actorKind: "operator" });
});

test("ending the others leaves the session that asks", async () => {
  const { id, asked, email } = await personOf(api, "viewer");
  const password = "a password of the tests";
  const second = await api.runtime.signIn.signIn({ email, password }, new Headers());
  const cookie = second.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const ended = await api.ask<{ ended: number }>("POST", "/account/sessions/end-others", asked);
  expect(ended.body.ended).toBe(1);
  expect(await status(asked)).toBe(200);
  expect(await status({ key: null, headers: { cookie } })).toBe(401);
  expect(await api.runtime.db.prisma.session.count({ where: { userId: id } })).toBe(1);
});

test("a session ends when it was not used for eight hours", async () => {
  const { id, asked } = await personOf(api, "viewer");
  const seen = (hours: number) =>
    api.runtime.db.prisma.session.updateMany({
      where: { userId: id },
      data: { lastSeenAt: agoHours(hours) },
    });
  await seen(7.9);
  expect(await status(asked)).toBe(200);
  await seen(8.1);
  expect(await status(asked)).toBe(401);
  const entry = await api.runtime.db.prisma.auditEntry.findFirstOrThrow({
    where: { action: "session.end", objectId: id },
  });
  expect(entry.detail).toEqual({ reason: "idle" });
});

test("what a page reads by itself does not keep a session alive, an act does", async () => {
  const { id, asked } = await personOf(api, "operator");
  const before = agoHours(2);
  const data = { lastSeenAt: before };
  await api.runtime.db.prisma.session.updateMany({ where: { userId: id }, data });
  const lastSeen = async () =>
    (await api.runtime.db.prisma.session.findFirstOrThrow({ where: { userId: id } })).lastSeenAt;
  await status(asked);
  expect(await lastSeen()).toEqual(before);
  await api.ask("POST", "/account/sessions/end-others", asked);
  expect((await lastSeen()).getTime()).toBeGreaterThan(Date.now() - 60_000);
});

test("the limits can be set, and hold for sessions that stand already", async () => {
  const limits = { idleHours: 1, longestHours: 24 };
  const { body } = await api.ask<SessionLimits>("PUT", "/session-limits", { json: limits });
  expect(body).toEqual(limits);
  const { id, asked } = await personOf(api, "viewer");
  const session = await api.runtime.db.prisma.session.findFirstOrThrow({ where: { userId: id } });
  const hours = (session.expiresAt.getTime() - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24);
  const data = { createdAt: agoHours(24.1) };
  await api.runtime.db.prisma.session.updateMany({ where: { userId: id }, data });
  expect(await status(asked)).toBe(401);
  const wrong = { idleHours: 25, longestHours: 24 };
  expect((await api.ask("PUT", "/session-limits", { json: wrong })).status).toBe(422);
  await api.ask("PUT", "/session-limits", { json: { idleHours: 8, longestHours: 168 } });
});
