import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureOperator } from "#lib/operations/operators/environment.ts";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import { OPERATOR, startApi, type Api } from "#tests/support/api.ts";
import { keyOf, objectsOfOneRegistration, personOf, type Objects } from "./stage.ts";

const NAME = "Zacharias Ypsilon";
const EMAIL = "zacharias@example.edu";

let api: Api;
let objects: Objects;
beforeAll(async () => {
  api = await startApi();
  objects = await objectsOfOneRegistration(api);
  await plantPerson(api, objects);
});
afterAll(() => api.stop());

/** A person in everything that shows people. */
async function plantPerson({ runtime }: Api, { courseId, runId, lineItemId }: Objects) {
  const { prisma } = runtime.db;
  const ids = { courseId: courseId!, userId: "u-1" };
  await prisma.membership.create({
    data: { ...ids, roles: [], status: "active", name: NAME, email: EMAIL, familyName: "Ypsilon" },
  });
  const fields = { name: { from: "Zach", to: NAME }, email: { from: null, to: EMAIL } };
  await prisma.rosterChange.create({
    data: { ...ids, runId: runId!, kind: "changed", state: "applied", fields },
  });
  await prisma.rosterChange.create({
    data: { ...ids, runId: runId!, kind: "removed", state: "held", fields: {} },
  });
  const score = await prisma.score.create({
    data: {
      lineItemId: lineItemId!,
      userId: "u-1",
      scoreGiven: 1,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
    },
  });
  await prisma.scoreOutcome.create({
    data: {
      runId: runId!,
      scoreId: score.id,
      userId: "u-1",
      batch: 0,
      kind: "sent",
      timestamp: new Date(),
    },
  });
  await prisma.run.update({ where: { id: runId! }, data: { startedBy: `${NAME}, in the LMS` } });
}

describe("people's names", () => {
  const places = ({ courseId, runId, holdId }: Objects) => [
    `/courses/${courseId}/members`,
    `/courses/${courseId}/scores`,
    `/courses/${courseId}/roster-changes`,
    `/runs/${runId}/roster-changes`,
    `/runs/${runId}/outcomes`,
    `/runs/${runId}`,
    `/runs`,
    `/holds/${holdId}/members`,
    `/overview`,
  ];

  test("are shown by the right to see them, and nowhere without it", async () => {
    const sees = await keyOf(api, ["read", "read:names"]);
    const hidden = await keyOf(api, ["read", "runs:write", "scores:write"]);
    const admin = await personOf(api, "admin");
    for (const place of places(objects)) {
      const text = async (asked: object) => JSON.stringify(await api.ask("GET", place, asked));
      if (place !== "/overview")
        expect({ place, text: await text(sees.asked) }).toEqual({
          place,
          text: expect.stringContaining("Ypsilon"),
        });
      for (const { asked } of [hidden, admin])
        expect(await text(asked)).not.toMatch(/Ypsilon|zach/i);
    }
  });

  test("are not found out by searching or by a page's cursor", async () => {
    const { asked } = await keyOf(api, ["read"]);
    for (const list of ["members", "scores"]) {
      const path = `/courses/${objects.courseId}/${list}`;
      expect((await api.ask("GET", `${path}?q=Yps`, asked)).status).toBe(403);
      const { body } = await api.ask<{ nextCursor: string | null }>(
        "GET",
        `${path}?limit=1`,
        asked,
      );
      const cursor = Buffer.from(body.nextCursor ?? "", "base64url").toString();
      expect(cursor).not.toContain("Ypsilon");
    }
  });

  test("are not in the preview of a CSV", async () => {
    const path = `/line-items/${objects.lineItemId}/scores/csv/preview`;
    const body = "user_id,score\nu-1,1\n";
    const headers = { "content-type": "text/csv" };
    const hidden = await keyOf(api, ["scores:write"]);
    const sees = await keyOf(api, ["scores:write", "read:names"]);
    const text = async (asked: object) =>
      JSON.stringify(await api.ask("POST", path, { ...asked, body, headers }));
    expect(await text(hidden.asked)).not.toContain("Ypsilon");
    expect(await text(sees.asked)).toContain("Ypsilon");
  });
});

describe("operators", () => {
  const accessOf = (id: string, json: object, asked: object = {}) =>
    api.ask<OperatorView>("PUT", `/operators/${id}/access`, { json, ...asked });

  test("may do what their role says, from the next request on", async () => {
    const { id, asked } = await personOf(api, "operator");
    const pause = () => api.ask("POST", `/courses/${objects.courseId}/pause`, asked);
    expect((await pause()).status).toBe(200);
    await accessOf(id, { role: "viewer", seesNames: false });
    expect((await pause()).status).toBe(403);
    expect((await api.ask("GET", "/courses", asked)).status).toBe(200);
  });

  test("do not change themselves, and an admin stays", async () => {
    const admin = await personOf(api, "admin");
    const viewer = { role: "viewer", seesNames: false };
    expect((await accessOf(admin.id, viewer, admin.asked)).status).toBe(409);
    expect((await api.ask("DELETE", `/operators/${admin.id}`, admin.asked)).status).toBe(409);
    const { body } = await api.ask<{ items: OperatorView[] }>("GET", "/operators");
    const admins = body.items.filter(({ role }) => role === "admin");
    const [last, ...others] = admins;
    for (const { id } of others) expect((await accessOf(id, viewer)).status).toBe(200);
    expect((await accessOf(last!.id, viewer)).status).toBe(409);
    expect((await api.ask("DELETE", `/operators/${last!.id}`)).status).toBe(409);
  });

  test("an admin is not limited to registrations", async () => {
    const { id } = await personOf(api, "viewer");
    const registrationIds = [objects.registrationId];
    const answer = await accessOf(id, { role: "admin", seesNames: true, registrationIds });
    expect(answer.status).toBe(422);
  });

  test("one of the environment who was removed does not come back with the next start", async () => {
    const { db } = api.runtime;
    const named = { email: "second@example.edu", password: OPERATOR.password };
    expect(await ensureOperator(db, named)).toEqual({ created: true });
    const user = await db.prisma.user.findUniqueOrThrow({ where: { email: named.email } });
    expect(user).toMatchObject({ role: "admin", seesNames: true });
    await db.prisma.user.delete({ where: { id: user.id } });
    expect(await ensureOperator(db, named)).toEqual({ created: false });
    expect(await db.prisma.user.count({ where: { email: named.email } })).toBe(0);
  });
});
