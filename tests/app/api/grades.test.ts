import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import type { ScorePushResult, ScoreView } from "#lib/operations/scores/schema.ts";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import { startApi, type Api, type Refusal } from "#tests/support/api.ts";
import { countWaiting, createCourse, createLineItem } from "./inputs.ts";

let api: Api;
let lineItem: LineItemView;
let scoresPath: string;
beforeAll(async () => {
  api = await startApi();
  lineItem = await createLineItem(api);
  scoresPath = `/line-items/${lineItem.id}/scores`;
});
afterAll(() => api.stop());

const storedScores = () => countWaiting(api, lineItem.courseId);

const DEEP = JSON.parse(`${"[".repeat(3_000)}1${"]".repeat(3_000)}`) as unknown;

describe("line items", () => {
  test("are recorded by their address, on the course's own platform only", async () => {
    const { id, lineItemsUrl } = await createCourse(api);
    const add = (url: string) =>
      api.ask("POST", `/courses/${id}/line-items`, { json: { url, label: "Q", scoreMaximum: 5 } });
    const added = await add(`${lineItemsUrl}/7`);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ courseId: id, label: "Q", scoreMaximum: 5 });
    const elsewhere = await add("https://evil.example.org/line_items/7");
    expect(elsewhere.status).toBe(422);
    expect(elsewhere.body.fields).toHaveProperty("url");
    const again = await add(`${lineItemsUrl}/7`);
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ wasCreated: false });
    const path = (again.headers.get("location") ?? "").replace("/api/v1", "");
    const { body } = await api.ask<Page<LineItemView>>("GET", `/courses/${id}/line-items`);
    expect(body.items).toEqual([(await api.ask("GET", path)).body]);
  });

  test("are refused by a course without grades", async () => {
    const { id } = await createCourse(api, { lineItemsUrl: null });
    const { status, body } = await api.ask("POST", `/courses/${id}/line-items/import`);
    expect(status).toBe(409);
    expect(body.code).toBe("lti.service_not_offered");
  });
});

describe("people by what the roster calls them", () => {
  test("get their scores by SIS ID or e-mail; who is nobody or several is named", async () => {
    const { id, courseId } = await createLineItem(api);
    const member = (userId: string, sis: string, email: string) => ({
      courseId,
      userId,
      lisPersonSourcedId: sis,
      email,
    });
    await api.runtime.db.prisma.membership.createMany({
      data: [
        member("u-1", "sis-1", "Ada@example.edu"),
        member("u-2", "twice", "bea@example.edu"),
        member("u-3", "twice", "cyd@example.edu"),
        { ...member("u-4", "gone", "gone@example.edu"), removedAt: new Date() },
      ],
    });
    const push = (idType: string, userIds: string[]) =>
      api.ask<ScorePushResult & Refusal>("POST", `/line-items/${id}/scores`, {
        json: { idType, scores: userIds.map((userId) => ({ userId, scoreGiven: 1 })) },
      });
    const bySis = await push("sis_id", ["sis-1"]);
    expect(bySis.body).toMatchObject({ accepted: 1, notInRoster: 0 });
    const byEmail = await push("email", ["ADA@example.edu", "bea@EXAMPLE.edu"]);
    expect(byEmail.body).toMatchObject({ accepted: 1, unchanged: 1, notInRoster: 0 });
    const wrong = await push("sis_id", ["sis-1", "twice", "gone"]);
    expect(wrong.status).toBe(422);
    expect(wrong.body.fields).toEqual({
      "scores.1.userId": ["2 people in the roster have this SIS ID"],
      "scores.2.userId": ["nobody in the roster has this SIS ID"],
    });
    const doubled = await push("email", ["ada@example.edu", "Ada@example.edu"]);
    expect(doubled.body.fields).toEqual({
      "scores.1.userId": ["is listed already, as scores.0"],
    });
  });
});

describe("POST /line-items/{lineItemId}/scores/withdraw", () => {
  test("takes back what waits, and leaves what the platform has or may have", async () => {
    const { id, courseId } = await createLineItem(api);
    const { prisma } = api.runtime.db;
    const userIds = ["new", "resent", "sending", "tried", "refused"];
    await api.ask("POST", `/line-items/${id}/scores`, {
      json: { scores: userIds.map((userId) => ({ userId, scoreGiven: 5, comment: "newer" })) },
    });
    const set = (userId: string, data: object) =>
      prisma.score.update({ where: { lineItemId_userId: { lineItemId: id, userId } }, data });
    await set("resent", { sentAt: new Date(), sentScoreGiven: 3, sentScoreMaximum: 10 });
    await set("sending", { state: "sending" });
    await set("tried", { attempted: [0.5] });
    const { id: scoreId, timestamp } = await set("refused", {});
    const { registrationId } = await prisma.course.findUniqueOrThrow({ where: { id: courseId } });
    const run = await prisma.run.create({
      data: { kind: "grade_sync", registrationId, courseId, trigger: "api", startedBy: "MyApp" },
    });
    await prisma.scoreOutcome.create({
      data: {
        runId: run.id,
        scoreId,
        userId: "refused",
        batch: 1,
        kind: "rejected",
        timestamp,
        errorCode: "lti.request_rejected",
      },
    });
    const json = { userIds: [...userIds, "unknown"] };
    const answer = await api.ask("POST", `/line-items/${id}/scores/withdraw`, { json });
    expect(answer).toMatchObject({ status: 200, body: { withdrawn: 3, notWaiting: 3 } });
    const { body } = await api.ask<Page<ScoreView>>("GET", `/courses/${courseId}/scores`);
    const now = Object.fromEntries(body.items.map((score) => [score.userId, score]));
    expect(Object.keys(now).sort()).toEqual(["refused", "resent", "sending", "tried"]);
    expect(now["resent"]).toMatchObject({ state: "sent", scoreGiven: 3, comment: null });
    expect(now["sending"]).toMatchObject({ state: "sending", scoreGiven: 5 });
    expect(now["tried"]).toMatchObject({ state: "pending", scoreGiven: 5 });
    expect(now["refused"]).toMatchObject({
      state: "rejected",
      problem: { code: "lti.request_rejected" },
    });
    expect(await prisma.scoreOutcome.count({ where: { scoreId } })).toBe(1);
  });
});

describe("POST /line-items/{lineItemId}/scores", () => {
  test("stores what is new and says what is unchanged", async () => {
    const score = { userId: crypto.randomUUID(), scoreGiven: 7 };
    const push = () => api.ask("POST", scoresPath, { json: { scores: [score] } });
    const first = await push();
    expect(first.status).toBe(202);
    expect(first.body).toEqual({
      accepted: 1,
      unchanged: 0,
      refused: 0,
      notInRoster: 1,
      teachers: 0,
      runId: null,
      rows: [],
    });
    expect((await push()).body).toEqual({
      accepted: 0,
      unchanged: 1,
      refused: 0,
      notInRoster: 1,
      teachers: 0,
      runId: null,
      rows: [],
    });
  });

  test("answers the same request under one key with the first answer", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const json = { scores: [{ userId: crypto.randomUUID(), scoreGiven: 3 }] };
    const first = await api.ask("POST", scoresPath, { json, headers });
    const before = await storedScores();
    const again = await api.ask<ScorePushResult>("POST", scoresPath, { json, headers });
    expect(again.status).toBe(202);
    expect(again.body).toEqual(first.body);
    expect(again.body.accepted).toBe(1);
    expect(await storedScores()).toBe(before);
  });

  test("does one request of many that come at once under one key", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const json = { scores: [{ userId: crypto.randomUUID(), scoreGiven: 3 }] };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        api.ask<ScorePushResult>("POST", scoresPath, { json, headers }),
      ),
    );
    expect(answers.map(({ body }) => body.accepted)).toEqual(Array(8).fill(1));
    const path = `/audit?object=line_item&objectId=${lineItem.id}`;
    const { body } = await api.ask<Page<AuditEntryView>>("GET", path);
    const pushes = body.items.filter(({ action }) => action === "scores.push").slice(0, 2);
    expect(pushes.map(({ detail }) => detail?.unchanged)).not.toContain(1);
  });

  test("refuses another request under a key that was used", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const userId = crypto.randomUUID();
    const push = (scoreGiven: number) =>
      api.ask("POST", scoresPath, { json: { scores: [{ userId, scoreGiven }] }, headers });
    await push(1);
    const { status, body } = await push(2);
    expect(status).toBe(422);
    expect(body.code).toBe("operation.idempotency_mismatch");
    const found = await api.ask<Page<ScoreView>>(
      "GET",
      `/courses/${lineItem.courseId}/scores?q=${userId}`,
    );
    expect(found.body.items).toMatchObject([{ scoreGiven: 1 }]);
  });

  test("knows a key for seven days, then it is a new one", async () => {
    const key = crypto.randomUUID();
    const push = (scoreGiven: number) =>
      api.ask("POST", scoresPath, {
        json: { scores: [{ userId: "of last week", scoreGiven }] },
        headers: { "idempotency-key": key },
      });
    expect((await push(1)).status).toBe(202);
    await api.runtime.db.execute(
      "UPDATE idempotency_key SET created_at = created_at - interval '8 days' WHERE key = $1",
      [key],
    );
    expect(await push(2)).toMatchObject({ status: 202, body: { accepted: 1 } });
  });

  test("keeps the keys of callers apart", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const json = { name: "other", scopes: ["scores:write"] };
    const other = await api.ask<ApiKeyCreated>("POST", "/api-keys", { json });
    const push = (userId: string, key?: string) =>
      api.ask("POST", scoresPath, { json: { scores: [{ userId, scoreGiven: 1 }] }, headers, key });
    expect((await push(crypto.randomUUID())).status).toBe(202);
    expect((await push(crypto.randomUUID(), other.body.key)).status).toBe(202);
  });

  test.each(["", " ", "x".repeat(256)])("refuses %j as an idempotency key", async (key) => {
    const json = { scores: [{ userId: "u", scoreGiven: 1 }] };
    const headers = { "idempotency-key": key };
    const { status, body } = await api.ask("POST", scoresPath, { json, headers });
    expect(status).toBe(422);
    expect(body.fields).toHaveProperty("Idempotency-Key");
  });

  test("stores nothing when one score of many is wrong, and says which", async () => {
    const before = await storedScores();
    const scores = [
      { userId: crypto.randomUUID(), scoreGiven: 1 },
      { userId: crypto.randomUUID(), scoreGiven: -1 },
      { userId: "", scoreGiven: 1 },
      { userId: "nul\u0000", scoreGiven: 1 },
      { userId: crypto.randomUUID(), scoreGivn: 1 },
    ];
    const { status, body } = await api.ask("POST", scoresPath, { json: { scores } });
    expect(status).toBe(422);
    expect(Object.keys(body.fields)).toEqual([
      "scores.1.scoreGiven",
      "scores.2.userId",
      "scores.3.userId",
      "scores.4",
    ]);
    expect(await storedScores()).toBe(before);
  });

  test.each([
    ["half a character", { comment: "well done \ud83d" }, "scores.0.comment"],
    [
      "half a character in an extension",
      { extensions: { "https://tool.example/x": ["\udc00"] } },
      "scores.0.extensions",
    ],
    ["values in values", { extensions: { "https://tool.example/x": DEEP } }, "scores.0.extensions"],
  ])("refuses %s that cannot be stored", async (_what, part, field) => {
    const scores = [{ userId: crypto.randomUUID(), scoreGiven: 1, ...part }];
    const { status, body } = await api.ask("POST", scoresPath, { json: { scores } });
    expect(status).toBe(422);
    expect(Object.keys(body.fields)[0]?.startsWith(field)).toBe(true);
  });

  test("refuses a person who is listed twice", async () => {
    const score = { userId: crypto.randomUUID(), scoreGiven: 1 };
    const json = { scores: [score, { ...score, scoreGiven: 2 }] };
    const { status, body } = await api.ask("POST", scoresPath, { json });
    expect(status).toBe(422);
    expect(body.fields).toHaveProperty(["scores.1.userId"]);
  });

  test("takes ten thousand scores at once, and no more", async () => {
    const scores = Array.from({ length: 10_000 }, (_, index) => ({
      userId: `bulk-${index}`,
      scoreGiven: index % 10,
    }));
    const taken = await api.ask("POST", scoresPath, { json: { scores } });
    expect(taken.body).toMatchObject({ accepted: 10_000, unchanged: 0 });
    const more = [...scores, { userId: "one more", scoreGiven: 1 }];
    expect((await api.ask("POST", scoresPath, { json: { scores: more } })).status).toBe(422);
  });

  test("starts a grade sync when it is told to", async () => {
    const { id, courseId } = await createLineItem(api);
    const json = { scores: [{ userId: "u-1", scoreGiven: 1 }], send: true };
    const { body } = await api.ask<ScorePushResult>("POST", `/line-items/${id}/scores`, { json });
    const run = await api.ask("GET", `/runs/${body.runId}`);
    expect(run.body).toMatchObject({ kind: "grade_sync", courseId, trigger: "api" });
  });
});
