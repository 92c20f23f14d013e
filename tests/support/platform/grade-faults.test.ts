import { describe, expect, test } from "vitest";
import { MEDIA, SCOPE, type FaultInput } from "./index.ts";
import { get, send } from "./testing/tool.ts";
import { usePlatform } from "./testing/use-platform.ts";

describe("a gradebook that misbehaves", () => {
  const stage = usePlatform();
  const misbehave = (fault: FaultInput) => stage.platform.misbehave(fault);
  const at = (time: string, fields: Record<string, unknown> = {}) =>
    stage.postScore({ timestamp: `2026-03-01T10:00:${time}Z`, ...fields });
  const resultScore = async () => {
    const response = await get(`${stage.lineItem}/results`, stage.token, MEDIA.results);
    return ((await response.json()) as { resultScore: number | null }[])[0]?.resultScore;
  };

  test("takes one score in a second, as Moodle", async () => {
    await misbehave({ kind: "whole_second_timestamps" });

    expect((await at("01.100")).status).toBe(200);
    expect((await at("01.900")).status).toBe(409);
    expect((await at("02.000")).status).toBe(200);
  });

  test("answers 400 for an old timestamp, as Canvas", async () => {
    await misbehave({ kind: "old_timestamp_as", style: "canvas_400" });
    await at("02.0");

    expect((await at("01.0")).status).toBe(400);
  });

  test("wipes the grade for a score that is not fully graded, with its own clock", async () => {
    await misbehave({ kind: "wipe_unless_fully_graded" });
    await at("01.0");
    expect(await resultScore()).toBe(80);

    expect((await at("02.0", { gradingProgress: "Pending" })).status).toBe(200);
    expect(await resultScore()).toBeNull();
    expect((await at("03.0")).status).toBe(409);
  });

  test.each<[Extract<FaultInput, { kind: "ungradable_user" }>["as"], number, RegExp]>([
    ["moodle_400", 400, /Incorrect score received/],
    ["canvas_422", 422, /not a student/],
    ["blackboard_400", 400, /User could not be found/],
    ["brightspace_403", 403, /not enrolled/],
    ["brightspace_404", 404, /not enrolled/],
    ["brightspace_422", 422, /not gradeable/],
  ])("refuses one user, as %s", async (as, status, words) => {
    const [refused, other] = stage.learners;
    await misbehave({ kind: "ungradable_user", as, userId: refused });

    const response = await stage.postScore({ userId: refused });

    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(words);
    expect((await stage.postScore({ userId: other })).status).toBe(200);
  });

  test("refuses an unknown user in a platform's words", async () => {
    await misbehave({ kind: "unknown_user_as", style: "moodle_400" });

    expect((await stage.postScore({ userId: "nobody" })).status).toBe(400);
    expect((await stage.postScore()).status).toBe(200);
  });

  test("hides a refusal behind 200 and an empty list", async () => {
    await misbehave({ kind: "refuse_as_empty_list", when: "newline_in_body" });
    const url = `${stage.lineItem}/scores`;
    const body = { userId: "nobody", timestamp: "no" };

    const oneLine = await send(url, stage.token, { type: MEDIA.score, body });
    const pretty = JSON.stringify(body, null, 2);
    const lines = await send(url, stage.token, { type: MEDIA.score, body: pretty });

    expect(oneLine.status).toBe(400);
    expect([lines.status, await lines.text()]).toEqual([200, "[]"]);
    expect((await stage.postScore()).status).toBe(200);
    expect(await stage.platform.counts()).toMatchObject({ scoresAccepted: 1, scoresRefused: 2 });
  });

  test.each([200, 201, 202, 204] as const)("accepts a score with %i", async (status) => {
    await misbehave({ kind: "score_reply", status });

    expect((await stage.postScore()).status).toBe(status);
    expect(await stage.platform.counts()).toMatchObject({ scoresAccepted: 1 });
  });

  test("counts submissions, unless the tool says that it is none", async () => {
    await misbehave({ kind: "max_attempts", attempts: 2 });
    const quiet = { "https://canvas.instructure.com/lti/submission": { new_submission: false } };

    const statuses = [
      (await at("01.0")).status,
      (await at("02.0")).status,
      (await at("03.0", quiet)).status,
      (await at("04.0")).status,
    ];

    expect(statuses).toEqual([200, 200, 200, 422]);
    expect(await stage.platform.scoresOf({ lineItem: stage.lineItem })).toMatchObject([
      { attempts: 2 },
    ]);
  });

  test("keeps a teacher's grade over a newer score", async () => {
    const { lineItem, learners } = stage;
    await misbehave({ kind: "override_sticks" });
    await stage.platform.overrideResult({ lineItem, userId: learners[0] ?? "", resultScore: 95 });

    const later = new Date(Date.now() + 1000).toISOString();
    expect((await stage.postScore({ timestamp: later })).status).toBe(200);
    expect(await resultScore()).toBe(95);
  });

  test("does not delete the coupled line item", async () => {
    await misbehave({ kind: "coupled_delete_refused" });
    const coupled = await stage.platform.addLineItem({
      contextId: stage.course.contextId,
      label: "Coupled",
      resourceLinkId: "link",
    });
    const init = { method: "DELETE", headers: { Authorization: `Bearer ${stage.token}` } };

    expect((await fetch(coupled.url, init)).status).toBe(401);
    expect((await fetch(stage.lineItem, init)).status).toBe(204);
  });

  test("spoils rows of line items and results", async () => {
    await stage.postScore();
    const results = stage.lineItem + "/results";
    const rowsOf = async (url: string, media: string) =>
      (await get(url, stage.token, media)).json() as Promise<Record<string, unknown>[]>;
    await stage.platform.misbehave({ kind: "row_defect", defect: "zero_maximum" });
    await stage.platform.misbehave({ kind: "row_defect", defect: "no_id", position: 1 });
    const [first, second] = await rowsOf(stage.course.lineItemsUrl, MEDIA.lineItems);
    expect(first).toMatchObject({ scoreMaximum: 0 });
    expect(second).not.toHaveProperty("id");
    expect(await rowsOf(results, MEDIA.results)).toMatchObject([{ resultMaximum: 0 }]);
    await stage.platform.behave();
    await stage.platform.misbehave({ kind: "row_defect", defect: "text_numbers" });
    expect(await rowsOf(results, MEDIA.results)).toMatchObject([
      { resultMaximum: "100", resultScore: "80" },
    ]);
  });

  test("wants the read-only scope for reading", async () => {
    const { lineItemsUrl } = stage.course;
    await misbehave({ kind: "readonly_scope_required" });
    const writer = await stage.tool.token(SCOPE.lineItem);
    const reader = await stage.tool.token(SCOPE.lineItemReadonly);

    expect((await get(lineItemsUrl, writer, MEDIA.lineItems)).status).toBe(403);
    expect((await get(lineItemsUrl, reader, MEDIA.lineItems)).status).toBe(200);
  });

  test("says 401 for a course that the registration has no part in, as Canvas", async () => {
    await misbehave({ kind: "foreign_course_as", style: "canvas_401" });
    const foreign = await stage.platform.addCourse({ clientIds: ["another"] });

    const response = await get(foreign.lineItemsUrl, stage.token, MEDIA.lineItems);

    expect(response.status).toBe(401);
    expect(await response.text()).toContain("Access Token not linked to a Tool");
    expect((await stage.postScore()).status).toBe(200);
  });

  test("revokes the client's tokens in the middle of a batch", async () => {
    await misbehave({ kind: "revoke_after_score", from: 3, times: 1 });

    const statuses = [];
    for (const userId of stage.learners.slice(0, 5)) {
      statuses.push((await stage.postScore({ userId })).status);
    }

    expect(statuses).toEqual([200, 200, 200, 401, 401]);
    stage.token = await stage.tool.token();
    const fresh = await stage.postScore({ userId: stage.learners[5] });
    expect(fresh.status).toBe(200);
  });

  test("forgets a line item", async () => {
    await stage.platform.removeLineItem({ lineItem: stage.lineItem });

    expect((await stage.postScore()).status).toBe(404);
    expect(await stage.platform.lineItemsOf({ contextId: stage.course.contextId })).toHaveLength(1);
  });

  test("counts scores that overlap for one user of a line item", async () => {
    await stage.platform.setLatency({ latencyMs: { scores: 50 } });

    await Promise.all([stage.postScore(), stage.postScore(), stage.postScore({ userId: "other" })]);
    await stage.platform.setLatency({ latencyMs: 0 });

    expect(await stage.platform.counts()).toMatchObject({ scoreOverlaps: 1, maxConcurrent: 3 });
  });
});
