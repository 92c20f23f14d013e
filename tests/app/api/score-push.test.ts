import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ResultPage } from "#lib/operations/line-items/results-schema.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { CourseScorePushResult, ScoreView } from "#lib/operations/scores/schema.ts";
import { startApi, type Api, type Refusal } from "#tests/support/api.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { countWaiting, createLineItem } from "./inputs.ts";

let api: Api;
let platform: PlatformClient;
beforeAll(async () => {
  [api, platform] = await Promise.all([startApi(), startPlatform()]);
});
afterAll(async () => {
  await api.stop();
  await platform.stop();
});

type Pushed = CourseScorePushResult & Refusal;

/** A course on a platform, whose roster is three learners and a teacher, known by SIS ID. */
async function stage(
  given: { allowedScopes?: string[]; announced?: string[]; lineItemQuery?: string } = {},
) {
  const { runtime } = api;
  const { announced, lineItemQuery, ...granted } = given;
  const registration = await register(runtime, platform, granted);
  const lineItems = [{ label: "Quiz 1", scoreMaximum: 10 }];
  const added = await addCourse(runtime, platform, registration, {
    members: 6,
    lineItems,
    lineItemQuery,
    announced,
  });
  const courseId = added.course.id;
  const role = (name: string) => `http://purl.imsglobal.org/vocab/lis/v2/membership#${name}`;
  await runtime.db.prisma.membership.createMany({
    data: ["one", "two", "twin", "twin", "teacher"].map((sis, index) => ({
      courseId,
      userId: `u-${index}`,
      lisPersonSourcedId: sis,
      email: `${sis}-${index}@Example.edu`,
      roles: [role(sis === "teacher" ? "Instructor" : "Learner")],
    })),
  });
  const push = (json: object) => api.ask<Pushed>("POST", `/courses/${courseId}/scores`, { json });
  return { ...added, courseId, lineItem: added.lineItems[0]!, push };
}

const SCORES = [{ userId: "u-0", scoreGiven: 7 }];

describe("a push that takes what is right", () => {
  test("stores the rows that are right, and tells each other by its place and what to do", async () => {
    const { courseId, lineItem, push } = await stage();
    const { status, body } = await push({
      lineItem: { id: lineItem.id },
      idType: "sis_id",
      acceptance: "what-is-right",
      scores: [
        { userId: "one", scoreGiven: 1 },
        { userId: "two", scoreGiven: -1 },
        { userId: "nobody", scoreGiven: 2 },
        { userId: "twin", scoreGiven: 3 },
        { userId: "one", scoreGiven: 4 },
        "no score",
        { userId: "two", scoreGivn: 5 },
        { userId: "teacher", scoreGiven: 6 },
      ],
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({ accepted: 2, refused: 6, teachers: 1, lineItemId: lineItem.id });
    const told = body.rows.map(({ index, code, isStored }) => [index, code, isStored]);
    expect(told).toEqual([
      [1, "invalid", false],
      [2, "person_unknown", false],
      [3, "person_ambiguous", false],
      [4, "listed_twice", false],
      [5, "invalid", false],
      [6, "invalid", false],
      [7, "teacher", true],
    ]);
    expect(body.rows[0]).toMatchObject({
      userId: "two",
      message: "scoreGiven a score is not negative (AGS 2.0 §3.4.5)",
      advice: expect.stringContaining("send this row again") as string,
    });
    const stored = await api.ask<Page<ScoreView>>("GET", `/courses/${courseId}/scores?sort=-score`);
    expect(stored.body.items.map(({ userId, scoreGiven }) => [userId, scoreGiven])).toEqual([
      ["u-4", 6],
      ["u-0", 1],
    ]);
  });

  test("is all or nothing unless it says otherwise", async () => {
    const { courseId, lineItem, push } = await stage();
    const scores = [...SCORES, { userId: "u-1", scoreGiven: -1 }];
    for (const acceptance of [undefined, "all-or-nothing"]) {
      const { status, body } = await push({ lineItem: { id: lineItem.id }, acceptance, scores });
      expect(status).toBe(422);
      expect(Object.keys(body.fields)).toEqual(["scores.1.scoreGiven"]);
    }
    expect(await countWaiting(api, courseId)).toBe(0);
  });

  test("has the same below a line item", async () => {
    const { id, courseId } = await createLineItem(api);
    const json = { acceptance: "what-is-right", scores: [...SCORES, { userId: "" }] };
    const { body } = await api.ask<Pushed>("POST", `/line-items/${id}/scores`, { json });
    expect(body).toMatchObject({ accepted: 1, refused: 1, notInRoster: 1 });
    expect(body.rows.map(({ code }) => code)).toEqual(["not_in_roster", "invalid"]);
    expect(await countWaiting(api, courseId)).toBe(1);
  });

  test("tells ten thousand wrong rows one by one, and five million not at all", async () => {
    const { id } = await createLineItem(api);
    const push = (scores: unknown[]) =>
      api.ask<Pushed>("POST", `/line-items/${id}/scores`, {
        json: { acceptance: "what-is-right", scores },
      });
    const wrong = await push(Array.from({ length: 10_000 }, () => 0));
    expect(wrong.body).toMatchObject({ accepted: 0, refused: 10_000 });
    expect(wrong.body.rows).toHaveLength(10_000);
    const before = process.memoryUsage().heapUsed;
    const many = await push(Array.from({ length: 4_900_000 }, () => 0));
    expect(many).toMatchObject({ status: 422, body: { fields: { scores: [/10,000/] } } });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(400_000_000);
  });

  test("lets others have their turn while it reads", async () => {
    const { id } = await createLineItem(api);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const scores = Array.from({ length: 10_000 }, (_, index) => ({
      userId: `u-${index}`,
      scoreGiven: -1,
    }));
    const json = { acceptance: "what-is-right", scores };
    await api.ask<Pushed>("POST", `/line-items/${id}/scores`, { json });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("the line item of a push", () => {
  test("is found by its address, its resource ID, its tag or both", async () => {
    const { courseId, lineItem, push } = await stage();
    const data = { resourceId: "quiz-1", tag: "grade" };
    await api.runtime.db.prisma.lineItem.update({ where: { id: lineItem.id }, data });
    const names = [{ url: lineItem.url }, { resourceId: "quiz-1" }, { tag: "grade" }, data];
    for (const named of names) {
      const { body } = await push({ lineItem: named, scores: SCORES });
      expect(body).toMatchObject({ lineItemId: lineItem.id, wasCreated: false });
    }
    expect(await countWaiting(api, courseId)).toBe(1);
  });

  test("is made on the platform once, under the name that the tool gives it", async () => {
    const { contextId, push } = await stage();
    const lineItem = { resourceId: "essay", tag: "grade", label: "Essay", scoreMaximum: 20 };
    const answers = await Promise.all([1, 2, 3].map(() => push({ lineItem, scores: SCORES })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.lineItemId)).size).toBe(1);
    expect(answers.filter(({ body }) => body.wasCreated)).toHaveLength(1);
    const made = (await platform.lineItemsOf({ contextId })).filter(
      ({ label }) => label === "Essay",
    );
    expect(made).toMatchObject([{ resourceId: "essay", tag: "grade", scoreMaximum: 20 }]);
  });

  test("is not made without a label, without the scope, or for rows that are all wrong", async () => {
    const readonly = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly";
    const { contextId, push } = await stage();
    const lineItem = { resourceId: "essay", label: "Essay", scoreMaximum: 20 };
    const bare = await push({ lineItem: { resourceId: "essay" }, scores: SCORES });
    expect(bare.status).toBe(422);
    expect(bare.body.fields["lineItem"]?.[0]).toContain("is not known here");
    const rows = { idType: "sis_id", scores: [{ userId: "nobody", scoreGiven: 1 }] };
    expect((await push({ lineItem, ...rows })).status).toBe(422);
    const none = await push({ lineItem, acceptance: "what-is-right", ...rows });
    expect(none.body).toMatchObject({ lineItemId: null, wasCreated: false, refused: 1 });
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
    const limited = await stage({ announced: [readonly] });
    const refused = await limited.push({ lineItem, scores: SCORES });
    expect(refused.body.code).toBe("lti.scope_mismatch");
  });

  test("is one, of this course, and named", async () => {
    const { courseId, push } = await stage();
    const elsewhere = await createLineItem(api);
    expect((await push({ lineItem: { id: elsewhere.id }, scores: SCORES })).status).toBe(404);
    const unnamed = await push({ lineItem: {}, scores: SCORES });
    expect(Object.keys(unnamed.body.fields)).toEqual(["lineItem"]);
    const two = ["a", "b"].map((url) => ({
      courseId,
      url: `https://lms.example.edu/${courseId}/${url}`,
      label: url,
      scoreMaximum: 1,
      tag: "both",
    }));
    await api.runtime.db.prisma.lineItem.createMany({ data: two });
    const { status, body } = await push({ lineItem: { tag: "both" }, scores: SCORES });
    expect(status).toBe(422);
    expect(body.fields["lineItem"]?.[0]).toContain("2 line items are called so");
  });
});

describe("GET /line-items/{lineItemId}/results", () => {
  const results = (id: string, query = "") =>
    api.ask<ResultPage & Refusal>("GET", `/line-items/${id}/results${query}`);

  async function graded() {
    const { contextId, lineItem } = await stage();
    const [item] = await platform.lineItemsOf({ contextId });
    const members = await platform.rosterOf({ contextId });
    const userIds = members.slice(0, 3).map(({ userId }) => userId);
    const grades = userIds.map((userId, index) => ({ userId, resultScore: index + 1 }));
    await platform.setGrades({ lineItem: item!.url, grades });
    return { id: lineItem.id, userIds };
  }

  test("tells what the platform holds, page by page and of one person", async () => {
    const { id, userIds } = await graded();
    const seen: [string, number | null][] = [];
    let query = "?limit=2";
    for (let pages = 1; ; pages++) {
      const { status, body } = await results(id, query);
      expect(status).toBe(200);
      for (const { userId, resultScore } of body.items) seen.push([userId, resultScore]);
      expect(body.isWhole).toBe(body.nextCursor === null);
      if (body.nextCursor === null) {
        expect(pages).toBe(2);
        break;
      }
      query = `?limit=2&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(userIds.map((userId, index) => [userId, index + 1]));
    const one = await results(id, `?userId=${userIds[1]}`);
    expect(one.body.items).toMatchObject([{ userId: userIds[1], resultScore: 2 }]);
  });

  /** Results that come whole whatever is asked for, as Moodle's do. */
  async function gradedWhole() {
    const { contextId, lineItem } = await stage({ lineItemQuery: "type_id=4" });
    await platform.misbehave({ kind: "paged_results_missing", contextId });
    const [item] = await platform.lineItemsOf({ contextId });
    const members = await platform.rosterOf({ contextId });
    const userIds = members.slice(0, 5).map(({ userId }) => userId);
    const grades = userIds.map((userId, index) => ({ userId, resultScore: index + 1 }));
    await platform.setGrades({ lineItem: item!.url, grades });
    return { contextId, id: lineItem.id, userIds };
  }

  test("gives no more than asked for where the platform gives all at once", async () => {
    const { contextId, id, userIds } = await gradedWhole();
    const pages: string[][] = [];
    for (let query = "?limit=2"; ;) {
      const { status, body } = await results(id, query);
      expect(status).toBe(200);
      pages.push(body.items.map(({ userId }) => userId));
      expect(body.isWhole).toBe(body.nextCursor === null);
      if (body.nextCursor === null) break;
      query = `?limit=2&cursor=${body.nextCursor}`;
    }
    expect(pages).toEqual([userIds.slice(0, 2), userIds.slice(2, 4), userIds.slice(4)]);
    const asked = await platform.requests({ route: "results", contextId });
    expect(asked.map(({ query }) => query)).toEqual(Array(3).fill("type_id=4"));
  });

  test("does not say that all were seen where the last one given is gone meanwhile", async () => {
    const { contextId, id, userIds } = await gradedWhole();
    const { body } = await results(id, "?limit=2");
    await platform.misbehave({ kind: "wipe_on_unenrolment", contextId });
    await platform.changeRoster({ contextId, remove: [userIds[1]!] });
    const rest = await results(id, `?limit=200&cursor=${body.nextCursor}`);
    expect([rest.body.nextCursor, rest.body.isWhole]).toEqual([null, false]);
  });

  test("goes on from a cursor of its own alone", async () => {
    const { id } = await graded();
    const other = await graded();
    const { body } = await results(id, "?limit=2");
    const forged = Buffer.from("https://evil.example/").toString("base64url");
    for (const cursor of [forged, "x"])
      expect((await results(id, `?cursor=${cursor}`)).status).toBe(422);
    expect((await results(other.id, `?cursor=${body.nextCursor}`)).status).toBe(422);
  });
});

test("scores are looked up by SIS ID and e-mail, by who sees names", async () => {
  const { courseId, lineItem, push } = await stage();
  await push({ lineItem: { id: lineItem.id }, scores: [...SCORES, { userId: "u-1" }] });
  const found = async (query: string) => {
    const path = `/courses/${courseId}/scores?${query}`;
    return (await api.ask<Page<ScoreView>>("GET", path)).body.items.map(({ userId }) => userId);
  };
  expect(await found("sisId=one")).toEqual(["u-0"]);
  expect(await found("email=TWO-1@example.edu")).toEqual(["u-1"]);
  expect(await found("sisId=on")).toEqual([]);
  const json = { name: "no names", scopes: ["read"] };
  const { key } = (await api.ask<{ key: string }>("POST", "/api-keys", { json })).body;
  for (const query of ["sisId=one", "email=a@b"])
    expect((await api.ask("GET", `/courses/${courseId}/scores?${query}`, { key })).status).toBe(
      403,
    );
});
