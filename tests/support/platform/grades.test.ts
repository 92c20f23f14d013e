import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MEDIA, SCOPE, startPlatform, type PlatformClient } from "./index.ts";
import { get, send, Tool } from "./testing/tool.ts";

type LineItem = { id: string; label: string; scoreMaximum: number; tag?: string };
type Result = { userId: string; resultScore: number | null; resultMaximum: number };

describe("assignments and grades", () => {
  let platform: PlatformClient;
  let tool: Tool;
  let token: string;
  let course: Awaited<ReturnType<PlatformClient["addCourse"]>>;
  let lineItem: string;
  let learner: string;

  beforeAll(async () => {
    platform = await startPlatform();
  });
  beforeEach(async () => {
    await platform.reset();
    tool = await Tool.register(platform);
    token = await tool.token();
    course = await platform.addCourse({
      members: 20,
      lineItems: 2,
      learnersOnly: true,
      resourceLinks: [{ id: "link" }],
    });
    lineItem = course.lineItems[0]!.url;
    learner = (await platform.rosterOf({ contextId: course.contextId, role: "Learner" }))[0]!
      .userId;
  });
  afterAll(() => platform.stop());

  const score = (fields: Record<string, unknown> = {}) => ({
    userId: learner,
    timestamp: new Date().toISOString(),
    activityProgress: "Completed",
    gradingProgress: "FullyGraded",
    scoreGiven: 8,
    scoreMaximum: 10,
    ...fields,
  });
  const post = (body: unknown, url = `${lineItem}/scores`) =>
    send(url, token, { type: MEDIA.score, body });
  const readResults = async (query = "") => {
    const response = await get(`${lineItem}/results${query}`, token, MEDIA.results);
    return (await response.json()) as Result[];
  };

  test("takes a score and shows its result on the line item's scale", async () => {
    expect((await post(score({ comment: "Good" }))).status).toBe(200);

    expect(await readResults()).toEqual([
      expect.objectContaining({
        userId: learner,
        resultScore: 80,
        resultMaximum: 100,
        comment: "Good",
      }),
    ]);
    expect(await platform.scoresOf({ lineItem })).toMatchObject([
      { userId: learner, scoreGiven: 8, scoreMaximum: 10, history: [expect.any(String)] },
    ]);
  });

  test("clears the result when a score has no points", async () => {
    await post(score({ timestamp: "2026-01-01T10:00:00.001Z" }));
    await post(score({ timestamp: "2026-01-01T10:00:00.002Z", scoreGiven: undefined }));

    expect(await readResults()).toMatchObject([{ resultScore: null }]);
  });

  test("refuses a timestamp that is not newer, to the last digit and over zones", async () => {
    await post(score({ timestamp: "2026-01-01T10:00:00.001002Z" }));

    const same = await post(score({ timestamp: "2026-01-01T11:00:00.001002+01:00" }));
    const older = await post(score({ timestamp: "2026-01-01T10:00:00.001001Z" }));
    const newer = await post(score({ timestamp: "2026-01-01T10:00:00.0010021Z" }));

    expect([same.status, older.status, newer.status]).toEqual([409, 409, 200]);
    expect(await same.text()).toContain("Refusing score with an earlier timestamp");
    expect(await platform.counts()).toMatchObject({
      scoresAccepted: 2,
      scoresRepeated: 1,
      scoresRefused: 2,
    });
  });

  test.each([
    ["no userId", { userId: undefined }],
    ["no timestamp", { timestamp: undefined }],
    ["a timestamp of whole seconds", { timestamp: "2026-01-01T10:00:00Z" }],
    ["a timestamp without a zone", { timestamp: "2026-01-01T10:00:00.001" }],
    ["an unknown activity progress", { activityProgress: "Done" }],
    ["an unknown grading progress", { gradingProgress: "Graded" }],
    ["points without a maximum", { scoreMaximum: undefined }],
    ["a maximum of 0", { scoreMaximum: 0 }],
    ["negative points", { scoreGiven: -1 }],
    ["points as text", { scoreGiven: "8" }],
    ["a null scoring user", { scoringUserId: null }],
    [
      "a submission that ends before it starts",
      {
        submission: { startedAt: "2026-01-02T00:00:00Z", submittedAt: "2026-01-01T00:00:00Z" },
      },
    ],
    ["an extension without a full URL", { new_submission: false }],
  ])("refuses a score with %s", async (_name, fields) => {
    expect((await post(score(fields))).status).toBe(400);
    expect(await platform.scoresOf({ lineItem })).toEqual([]);
  });

  test("refuses users who are not in the course or not learners", async () => {
    const [teacher] = await platform.rosterOf({ contextId: course.contextId, role: "Instructor" });

    expect((await post(score({ userId: "nobody" }))).status).toBe(404);
    expect((await post(score({ userId: teacher!.userId }))).status).toBe(422);
  });

  test("refuses a score of another media type, method, scope or line item", async () => {
    const reader = await tool.token(SCOPE.resultReadonly);
    const url = `${lineItem}/scores`;

    const json = await send(url, token, { type: MEDIA.json, body: score() });
    const scopeless = await send(url, reader, { type: MEDIA.score, body: score() });
    const missing = await post(score(), lineItem.replace(/\d+\/lineitem$/, "99/lineitem/scores"));

    expect([json.status, scopeless.status, missing.status]).toEqual([415, 403, 404]);
    expect((await get(url, token, MEDIA.score)).status).toBe(405);
  });

  test("wants the query of a line item's URL on its scores and results", async () => {
    const moodle = await platform.addCourse({
      members: [{ userId: "u" }],
      lineItems: 1,
      lineItemQuery: "type_id=4",
    });
    const url = new URL(moodle.lineItems[0]!.url);
    expect(url.search).toBe("?type_id=4");
    const scores = new URL(`${url.pathname}/scores${url.search}`, url);

    const kept = await post(score({ userId: "u" }), scores.href);
    const appended = await post(score({ userId: "u" }), `${url.href}/scores`);
    const lost = await post(score({ userId: "u" }), scores.href.split("?")[0]);

    expect([kept.status, appended.status, lost.status]).toEqual([200, 405, 404]);
  });

  test("lists line items by page and by filter", async () => {
    for (let count = 0; count < 5; count++) {
      await platform.addLineItem({
        contextId: course.contextId,
        label: `Quiz ${count}`,
        tag: "quiz",
      });
    }

    const first = await get(`${course.lineItemsUrl}?tag=quiz&limit=3`, token, MEDIA.lineItems);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1];
    const second = await get(next!, token, MEDIA.lineItems);

    expect(((await first.json()) as LineItem[]).map(({ label }) => label)).toEqual([
      "Quiz 0",
      "Quiz 1",
      "Quiz 2",
    ]);
    expect(((await second.json()) as LineItem[]).map(({ label }) => label)).toEqual([
      "Quiz 3",
      "Quiz 4",
    ]);
    expect(second.headers.get("link")).toBeNull();
  });

  test("creates, replaces and deletes a line item", async () => {
    const type = MEDIA.lineItem;
    const body = { label: "Essay", scoreMaximum: 20, tag: "t", "https://tool.example/x": 1 };
    const created = await send(course.lineItemsUrl, token, { type, body });
    const item = (await created.json()) as LineItem;
    expect(created.status).toBe(201);
    expect(item).toEqual({ id: expect.stringContaining("/line_items/3/lineitem"), ...body });

    const replaced = await send(item.id, token, {
      method: "PUT",
      type,
      body: { id: item.id, label: "Essay 2", scoreMaximum: 20 },
    });
    expect(await replaced.json()).toEqual({ id: item.id, label: "Essay 2", scoreMaximum: 20 });

    const deleted = await fetch(item.id, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(deleted.status).toBe(204);
    expect((await get(item.id, token, type)).status).toBe(404);
  });

  test.each([
    ["a blank label", { label: " ", scoreMaximum: 1 }],
    ["a maximum of 0", { label: "x", scoreMaximum: 0 }],
    [
      "a start time without a zone",
      { label: "x", scoreMaximum: 1, startDateTime: "2026-01-01T00:00:00" },
    ],
    ["an unknown property", { label: "x", scoreMaximum: 1, colour: "red" }],
  ])("refuses a line item with %s", async (_name, body) => {
    const response = await send(course.lineItemsUrl, token, { type: MEDIA.lineItem, body });

    expect(response.status).toBe(400);
  });

  test("lets read-only scope read line items but not write them", async () => {
    const reader = await tool.token(SCOPE.lineItemReadonly);
    const body = { label: "x", scoreMaximum: 1 };

    expect((await get(course.lineItemsUrl, reader, MEDIA.lineItems)).status).toBe(200);
    expect((await get(lineItem, reader, MEDIA.lineItem)).status).toBe(200);
    expect((await send(course.lineItemsUrl, reader, { type: MEDIA.lineItem, body })).status).toBe(
      403,
    );
  });

  test("shows one user's result, and pages all of them", async () => {
    const learners = await platform.rosterOf({ contextId: course.contextId, role: "Learner" });
    for (const { userId } of learners) await post(score({ userId }));

    const first = await get(`${lineItem}/results?limit=15`, token, MEDIA.results);

    expect(await first.json()).toHaveLength(15);
    expect(first.headers.get("link")).toContain('rel="next"');
    expect(await readResults(`?user_id=${learners[7]!.userId}`)).toMatchObject([
      { userId: learners[7]!.userId },
    ]);
    expect(await readResults("?user_id=nobody")).toEqual([]);
  });

  test("shows a grade that a teacher set", async () => {
    await post(score());
    await platform.overrideResult({ lineItem, userId: learner, resultScore: 95 });

    expect(await readResults()).toMatchObject([{ resultScore: 95 }]);
  });
});
