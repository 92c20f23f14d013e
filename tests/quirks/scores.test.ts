import { describe, expect, test } from "vitest";
import {
  RequestRejected,
  ResourceGone,
  TimestampConflict,
  UnknownOutcome,
  laterTimestamp,
  listResults,
  postScore,
  withCanvasSubmission,
} from "#lib/lti/index.ts";
import { platformProfile } from "#lib/platforms/profile.ts";
import type { Score } from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

describe("timestamps", () => {
  const stage = useServiceStage();
  const post = (fields: Partial<Score>) =>
    postScore(stage.client, scoreFor(stage.learners[0], fields));

  test("of one second collide where whole seconds are kept, and the profile's step avoids it [Moodle code]", async () => {
    await stage.platform.misbehave({ kind: "whole_second_timestamps" });
    const first = new Date("2026-03-01T10:00:01.100Z");
    await post({ timestamp: first });
    const { timestampStepMs } = platformProfile("moodle");
    const tooSoon = laterTimestamp(first, first, 1);
    await expect(post({ timestamp: tooSoon })).rejects.toThrow(TimestampConflict);
    await post({ timestamp: laterTimestamp(first, first, timestampStepMs) });
  });

  test.each(["moodle_409", "canvas_400"] as const)(
    "that are not newer are told alike, as %s [Moodle code, Canvas code]",
    async (style) => {
      await stage.platform.misbehave({ kind: "old_timestamp_as", style });
      const timestamp = new Date();
      await post({ timestamp });
      await expect(post({ timestamp })).rejects.toThrow(TimestampConflict);
    },
  );
});

describe("refused scores", () => {
  const stage = useServiceStage({ course: { lineItems: 1 } });

  test.each([
    ["moodle_400", "Incorrect score received", "ltijs#65"],
    ["canvas_422", "not a student", "hypothesis/lms#4973"],
    ["blackboard_400", "User could not be found", "Blackboard documentation"],
    ["brightspace_403", "not enrolled", "D2L kb 23661"],
    ["brightspace_404", "not enrolled", "D2L kb 23661"],
    ["brightspace_422", "not gradeable", "D2L kb 23661"],
  ] as const)(
    "of one user by %s say %j and stop nobody else [%s, RunestoneInteractive/rs#977, PrairieLearn#11846]",
    async (as, words, _source) => {
      const [refused, other] = stage.learners;
      await stage.platform.misbehave({ kind: "ungradable_user", as, userId: refused });
      const posting = postScore(stage.client, scoreFor(refused));
      await expect(posting).rejects.toThrow(RequestRejected);
      await expect(posting).rejects.toMatchObject({ excerpt: expect.stringContaining(words) });
      expect(await postScore(stage.client, scoreFor(other))).toMatchObject({ status: 200 });
    },
  );

  test("of somebody outside the course are of that user alone [D2L kb 23661]", async () => {
    await stage.platform.misbehave({ kind: "unknown_user_as", style: "moodle_400" });
    await expect(postScore(stage.client, scoreFor("gone"))).rejects.toThrow(RequestRejected);
  });

  test("for too many attempts are told [hypothesis/lms#5098]", async () => {
    await stage.platform.misbehave({ kind: "max_attempts", attempts: 1 });
    await postScore(stage.client, scoreFor(stage.learners[0]));
    const again = scoreFor(stage.learners[0], { timestamp: new Date(Date.now() + 5) });
    await expect(postScore(stage.client, again)).rejects.toMatchObject({
      code: "lti.request_rejected",
      excerpt: expect.stringContaining("maximum number of allowed attempts"),
    });
  });

  test("without a maximum are never sent [hypothesis/lms#4973]", async () => {
    const score = scoreFor(stage.learners[0], { scoreMaximum: undefined });
    await expect(postScore(stage.client, score)).rejects.toMatchObject({ field: "scoreMaximum" });
    expect(await stage.sent()).toEqual([]);
  });

  test("that come as 200 with an empty list are refusals [Moodle 4.5.6 observed]", async () => {
    await stage.platform.misbehave({ kind: "refuse_as_empty_list" });
    await expect(postScore(stage.client, scoreFor("gone"))).rejects.toThrow(RequestRejected);
    await stage.platform.behave();
    await stage.platform.misbehave({ kind: "refuse_as_empty_list", when: "newline_in_body" });
    const commented = scoreFor("gone", { comment: "two\nlines" });
    await expect(postScore(stage.client, commented)).rejects.toMatchObject({ status: 404 });
  });

  test("of a line item that is gone are told from refused users [PrairieLearn#15648, xblock-lti-consumer#707]", async () => {
    await stage.platform.removeLineItem({ lineItem: stage.lineItemUrl });
    const posting = postScore(stage.client, scoreFor(stage.learners[0]));
    await expect(posting).rejects.toThrow(ResourceGone);
    await expect(posting).rejects.toMatchObject({ isCertain: true });
  });
});

describe("accepted scores", () => {
  const stage = useServiceStage({ course: { lineItems: 1, lineItemQuery: "type_id=4" } });
  const held = async () => (await stage.platform.scoresOf({ lineItem: stage.lineItemUrl })).at(-1);
  const later = (ms: number) => new Date(Date.now() + ms);

  test("go to the line item's path and query [ltijs#55, CircuitVerse#7767, hypothesis/lms: _service_url]", async () => {
    await postScore(stage.client, scoreFor(stage.learners[0]));
    const [request] = await stage.sent();
    expect(request).toMatchObject({
      path: `${new URL(stage.lineItemUrl).pathname}/scores`,
      query: "type_id=4",
    });
  });

  test("make no new attempt where the extension says so [canvas-lms#1799, ltijs#229]", async () => {
    const { newSubmission } = platformProfile("canvas");
    for (const ms of [0, 10, 20]) {
      const score = scoreFor(stage.learners[0], { timestamp: later(ms) });
      await postScore(stage.client, withCanvasSubmission(score, { newSubmission }));
    }
    expect(await held()).toMatchObject({ attempts: 0 });
    await postScore(stage.client, scoreFor(stage.learners[0], { timestamp: later(30) }));
    expect(await held()).toMatchObject({ attempts: 1 });
  });

  test("that are not fully graded wipe the grade, as the profile warns [Moodle code]", async () => {
    await stage.platform.misbehave({ kind: "wipe_unless_fully_graded" });
    expect(platformProfile("moodle").wipesUnlessFullyGraded).toBe(true);
    await postScore(stage.client, scoreFor(stage.learners[0]));
    const pending = scoreFor(stage.learners[0], {
      timestamp: later(10),
      gradingProgress: "Pending",
    });
    await postScore(stage.client, pending);
    const { results } = await listResults(stage.client);
    expect(results[0]?.resultScore).toBeUndefined();
  });

  test("leave a teacher's grade, and only the result tells [WikiEduDashboard#6934, Simon-Initiative/oli-torus#675, Moodle 4.5.6 observed]", async () => {
    const [userId = ""] = stage.learners;
    await stage.platform.misbehave({ kind: "override_sticks" });
    await stage.platform.overrideResult({
      lineItem: stage.lineItemUrl,
      userId,
      resultScore: 33,
    });
    await postScore(stage.client, scoreFor(userId, { timestamp: later(1_000) }));
    expect((await listResults(stage.client, { userId })).results).toMatchObject([
      { resultScore: 33 },
    ]);
  });

  test.each([
    ["cut", "after"],
    ["error_after", undefined],
  ] as const)(
    "whose answer is lost (%s) are looked up, not sent again [AGS 2.0 §3.4.9]",
    async (kind, when) => {
      const fault = { route: "scores", times: 1 } as const;
      await stage.platform.misbehave(
        kind === "cut" ? { kind, when, ...fault } : { kind, ...fault },
      );
      const [userId = ""] = stage.learners;
      await expect(postScore(stage.client, scoreFor(userId))).rejects.toThrow(UnknownOutcome);
      const { results } = await listResults(stage.client, { userId });
      expect(results).toMatchObject([{ userId, resultScore: 80 }]);
      expect(await stage.sent({ route: "scores" })).toHaveLength(1);
    },
  );

  test("are compared with what the platform holds, whatever its maximum [PrairieLearn#15762, webwork2#1177, webwork2#2617]", async () => {
    await postScore(stage.client, scoreFor(stage.learners[0]));
    for (const [defect, maximum] of [
      ["zero_maximum", 1],
      ["no_maximum", 1],
      ["text_numbers", 100],
    ] as const) {
      await stage.platform.behave();
      await stage.platform.misbehave({ kind: "row_defect", defect, route: "results" });
      const [result] = (await listResults(stage.client)).results;
      expect(result).toMatchObject({ resultScore: 80, resultMaximum: maximum });
    }
  });
});
