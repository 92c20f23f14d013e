import { describe, expect, test } from "vitest";
import {
  isSameValue,
  isLearner,
  listMemberships,
  listResults,
  postScore,
  RequestRejected,
  UnknownOutcome,
  type Score,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

describe("a gradebook like Moodle's", () => {
  const stage = useServiceStage({ course: { lineItems: 1 } });
  const post = (fields: Partial<Score> = {}) =>
    postScore(stage.client, scoreFor(stage.learners[0], fields));
  const resultOf = async (userId: string | undefined) =>
    (await listResults(stage.client)).results.find((result) => result.userId === userId);

  test("a locked grade is told from a server that fails [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "locked_as", style: "moodle_500" });
    await stage.platform.lockGrades({ lineItem: stage.course.lineItems[0]!.url });
    const posting = post();
    await expect(posting).rejects.toThrow(UnknownOutcome);
    await expect(posting).rejects.toMatchObject({ status: 500, hint: "grade_locked" });
  });

  test("what is rounded and clipped is the value that was sent [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "round_points" });
    await stage.platform.misbehave({ kind: "clip_points" });
    const values = [
      { scoreGiven: 0.333333333, scoreMaximum: 1 },
      { scoreGiven: 150, scoreMaximum: 100 },
    ];
    for (const [index, value] of values.entries()) {
      await post({ ...value, timestamp: new Date(Date.now() + index * 5) });
      const result = await resultOf(stage.learners[0]);
      expect(isSameValue(result!, value)).toBe(true);
    }
  });

  test("what a column does not keep, and what a leaver lost, has no value [Moodle 4.5.6 gradebook]", async () => {
    const { platform, course, learners } = stage;
    await platform.misbehave({ kind: "bare_empty_results" });
    await platform.misbehave({ kind: "wipe_on_unenrolment" });
    await platform.misbehave({ kind: "keeps_nothing", userId: learners[1] });
    await post();
    await postScore(stage.client, scoreFor(learners[1]));
    expect(await resultOf(learners[1])).toMatchObject({ resultScore: undefined });
    await platform.changeRoster({ contextId: course.contextId, remove: [learners[0]!] });
    expect(await resultOf(learners[0])).toBeUndefined();
  });

  test("results are asked for without a limit [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "paged_results_missing" });
    expect(await listResults(stage.client)).toMatchObject({ complete: true });
    const [request] = await stage.platform.requests({ route: "results" });
    expect(request!.query).not.toContain("limit=");
  });

  test("a refusal's words stand in the status line [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "reason_in_status_line" });
    await stage.platform.misbehave({ kind: "unknown_user_as", style: "moodle_400" });
    const posting = postScore(stage.client, scoreFor("gone", { comment: "Well done" }));
    await expect(posting).rejects.toThrow(RequestRejected);
    await expect(posting).rejects.toMatchObject({ excerpt: "Incorrect score received" });
  });

  test("a column that was deleted is told in Moodle's reason alone [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "gone_as", style: "moodle_404" });
    await stage.platform.removeLineItem({ lineItem: stage.course.lineItems[0]!.url });
    await expect(post()).rejects.toMatchObject({
      code: "lti.resource_gone",
      isCertain: true,
      excerpt: expect.stringMatching(/^Not Found: Grade item \S+ doesn't exist$/) as string,
    });
  });

  test("a page is told by its title and text, not by its head [Moodle 4.5.6 gradebook]", async () => {
    await stage.platform.misbehave({ kind: "site_pages" });
    await stage.platform.misbehave({ kind: "error_page", status: 503, title: "Under maintenance" });
    const posting = post();
    await expect(posting).rejects.toMatchObject({
      isPage: true,
      excerpt: "Under maintenance: State University Moodle Under maintenance",
    });
  });

  test("keys that the platform cannot fetch are told by a page [Moodle 4.5.6 gradebook]", async () => {
    const { platform } = stage;
    await platform.misbehave({ kind: "unreachable_keys_as", style: "moodle_404" });
    await platform.addRegistration({
      clientId: stage.client.registration.clientId,
      jwksUrl: `${platform.url}/_tool/nowhere/jwks`,
    });
    const asking = stage.connect();
    await expect(asking).rejects.toMatchObject({
      code: "lti.token_refused",
      status: 404,
      isPage: true,
    });
  });

  test("a teaching assistant may stand in the roster as a learner [Moodle 4.5.6 gradebook]", async () => {
    const { platform, course } = stage;
    await platform.misbehave({ kind: "assistants_as_learners" });
    const assistant = {
      userId: "assistant",
      roles: ["Instructor", "Instructor#TeachingAssistant"],
    };
    await platform.changeRoster({ contextId: course.contextId, add: [assistant] });
    const { memberships } = await listMemberships(stage.client);
    const { roles } = memberships.find(({ userId }) => userId === "assistant")!;
    expect(isLearner(roles)).toBe(true);
  });
});
