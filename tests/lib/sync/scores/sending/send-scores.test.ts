import { afterEach, describe, expect, test } from "vitest";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { SCOPE } from "#tests/support/platform/index.ts";
import {
  addCourse,
  finished,
  register,
  startRun,
  wantScores,
  type AddedCourse,
} from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

async function courseWithScores(
  scores: number,
  given: { profile?: string; allowedScopes?: string[] } = {},
) {
  const registration = await register(installation, platform, given);
  const added = await addCourse(installation, platform, registration, {
    members: scores + 1,
    lineItems: 1,
  });
  const people = await platform.rosterOf({ contextId: added.contextId, role: "Learner" });
  const userIds = people.slice(0, scores).map(({ userId }) => userId);
  await wantScores(installation, added.lineItems[0]!, userIds);
  return { registration, ...added, userIds, lineItem: added.lineItems[0]! };
}

async function send({ course }: Pick<AddedCourse, "course">) {
  const { id } = await startRun(installation, "grade_sync", {
    registrationId: course.registrationId,
    courseId: course.id,
  });
  return finished(installation, id);
}

async function statesOf(lineItemId: string) {
  const groups = await installation.db.prisma.score.groupBy({
    by: ["state"],
    where: { lineItemId },
    _count: true,
  });
  return Object.fromEntries(groups.map((group) => [group.state, group._count]));
}

describe("a grade sync", () => {
  test("sends every score once, in batches of 50, and records each outcome", async () => {
    const made = await courseWithScores(120);
    const run = await send(made);
    expect(run).toMatchObject({ state: "succeeded", total: 120, done: 120, failed: 0 });
    expect(run).toMatchObject({ tokenCase: "long_job", tokensRequested: 1, tokensRefreshed: 0 });
    const batches = await installation.db.prisma.runBatch.findMany({
      where: { runId: run.id },
      orderBy: { position: "asc" },
    });
    expect(batches.map(({ size, sent, state }) => ({ size, sent, state }))).toEqual([
      { size: 50, sent: 50, state: "succeeded" },
      { size: 50, sent: 50, state: "succeeded" },
      { size: 20, sent: 20, state: "succeeded" },
    ]);
    const stored = await platform.scoresOf({ lineItem: made.lineItem.url });
    expect(new Map(stored.map((each) => [each.userId, each.scoreGiven]))).toEqual(
      new Map(made.userIds.map((userId, index) => [userId, index % 100])),
    );
    expect(await installation.db.prisma.scoreOutcome.count({ where: { runId: run.id } })).toBe(120);
  });

  test("renews short tokens between batches and loses nothing", async () => {
    const made = await courseWithScores(200);
    const { clientId } = made.registration;
    await platform.misbehave({ kind: "token_lifetime", seconds: 1, clientId });
    await platform.misbehave({ kind: "delay", ms: 30, route: "scores", clientId });
    const run = await send(made);
    expect(run).toMatchObject({ state: "succeeded", done: 200, failed: 0, tokenCase: "long_job" });
    expect(run.tokensRefreshed).toBeGreaterThan(0);
    expect(run.tokensRequested).toBe(run.tokensRefreshed + 1);
    expect(await platform.requests({ clientId, route: "scores", status: 401 })).toEqual([]);
    expect(await platform.scoresOf({ lineItem: made.lineItem.url })).toHaveLength(200);
  });

  test("replaces a token revoked in the middle of a batch exactly once", async () => {
    const made = await courseWithScores(60);
    const { clientId } = made.registration;
    await platform.misbehave({ kind: "token_dies_after_uses", uses: 20, clientId, times: 1 });
    const run = await send(made);
    expect(run).toMatchObject({ state: "succeeded", done: 60, failed: 0 });
    const evictions = await installation.db.prisma.accessToken.count({
      where: { registrationId: made.registration.id, evictedAt: { not: null } },
    });
    expect(evictions).toBe(run.tokensRefreshed);
    expect(await platform.scoresOf({ lineItem: made.lineItem.url })).toHaveLength(60);
  });

  test("records a refused score in the platform's words and sends the others", async () => {
    const made = await courseWithScores(10);
    await platform.misbehave({
      kind: "ungradable_user",
      userId: made.userIds[3],
      clientId: made.registration.clientId,
      as: "canvas_422",
    });
    const run = await send(made);
    expect(run).toMatchObject({ state: "partly_succeeded", done: 9, failed: 1 });
    expect(await statesOf(made.lineItem.id)).toEqual({ sent: 9, rejected: 1 });
    const refused = await installation.db.prisma.score.findFirstOrThrow({
      where: { lineItemId: made.lineItem.id, state: "rejected" },
    });
    expect(refused).toMatchObject({ userId: made.userIds[3], httpStatus: 422 });
    expect(refused.errorMessage).not.toBe("");
  });

  test("records a refusal whose words hold what no database keeps", async () => {
    const made = await courseWithScores(2);
    await platform.misbehave({
      ...({ kind: "error_page", status: 422, title: "Bad\u0000Request" } as const),
      userId: made.userIds[0],
      clientId: made.registration.clientId,
    });
    expect(await send(made)).toMatchObject({ state: "partly_succeeded", done: 1, failed: 1 });
  });

  test("turns a score down whose line item is at another host, and sends the others", async () => {
    const made = await courseWithScores(5);
    const url = "https://lms.example.edu/courses/1/line_items/9/lineitem";
    const elsewhere = await installation.db.prisma.lineItem.create({
      data: { courseId: made.course.id, url, label: "Before the move", scoreMaximum: 10 },
    });
    await wantScores(installation, elsewhere, made.userIds.slice(0, 1));
    // The oldest of them goes first.
    await installation.db.prisma.score.updateMany({
      where: { lineItemId: elsewhere.id },
      data: { timestamp: new Date(Date.now() - 60_000) },
    });
    expect(await send(made)).toMatchObject({ state: "partly_succeeded", done: 5, failed: 1 });
    expect(await statesOf(made.lineItem.id)).toEqual({ sent: 5 });
    const turnedDown = await installation.db.prisma.score.findFirstOrThrow({
      where: { lineItemId: elsewhere.id },
    });
    expect(turnedDown).toMatchObject({ state: "rejected", errorCode: "lti.origin_not_allowed" });
  });

  test("reads the result after a cut connection instead of sending twice", async () => {
    const made = await courseWithScores(5);
    const { userIds, lineItem, registration } = made;
    const { clientId } = registration;
    await platform.misbehave({ kind: "cut", when: "after", route: "scores", clientId, times: 1 });
    const run = await send(made);
    expect(run).toMatchObject({ state: "succeeded", done: 5, failed: 0 });
    const outcomes = await installation.db.prisma.scoreOutcome.groupBy({
      by: ["kind"],
      where: { runId: run.id },
      _count: true,
    });
    expect(Object.fromEntries(outcomes.map((each) => [each.kind, each._count]))).toEqual({
      sent: 4,
      confirmed: 1,
    });
    expect(await platform.scoresOf({ lineItem: lineItem.url })).toHaveLength(userIds.length);
  });

  test("stops on a refused client with the platform's own words and asks once", async () => {
    const made = await courseWithScores(3);
    const { clientId } = made.registration;
    await platform.misbehave({
      kind: "token_error",
      clientId,
      error: "invalid_client",
      description: "no key with this kid",
    });
    const run = await send(made);
    expect(run).toMatchObject({ state: "failed", errorCode: "lti.token_refused", attempt: 1 });
    expect(run.errorDetail).toMatchObject({
      error: "invalid_client",
      description: "no key with this kid",
    });
    expect(await platform.requests({ clientId, route: "token" })).toHaveLength(1);
    expect(await statesOf(made.lineItem.id)).toEqual({ pending: 3 });
  });

  test("sends nothing where the platform granted no score scope", async () => {
    const made = await courseWithScores(3, { allowedScopes: [SCOPE.memberships] });
    const run = await send(made);
    expect(run).toMatchObject({ state: "failed", errorCode: "lti.scope_mismatch" });
    expect(await platform.requests({ contextId: made.contextId })).toEqual([]);
    expect(await statesOf(made.lineItem.id)).toEqual({ pending: 3 });
  });

  test("waits out a rate limit and goes on", async () => {
    const made = await courseWithScores(30);
    const { clientId } = made.registration;
    await platform.misbehave({
      kind: "rate_limited",
      route: "scores",
      clientId,
      from: 10,
      times: 2,
      retryAfterSec: 1,
    });
    const run = await send(made);
    expect(run).toMatchObject({ state: "succeeded", done: 30, failed: 0 });
    const waits = await installation.db.prisma.runEvent.count({
      where: { runId: run.id, kind: "run.waiting" },
    });
    expect(waits).toBeGreaterThan(0);
  });

  test("gives Moodle a later whole second after a conflict", async () => {
    const made = await courseWithScores(4, { profile: "moodle" });
    const { clientId } = made.registration;
    await platform.misbehave({ kind: "whole_second_timestamps", clientId });
    expect(await send(made)).toMatchObject({ state: "succeeded", done: 4 });
    const before = await platform.scoresOf({ lineItem: made.lineItem.url });
    // The same second again, as a second process with a clock behind would stamp it.
    await installation.db.prisma.score.updateMany({
      where: { lineItemId: made.lineItem.id },
      data: { state: "pending", scoreGiven: 77 },
    });
    expect(await send(made)).toMatchObject({ state: "succeeded", done: 4, failed: 0 });
    const after = await platform.scoresOf({ lineItem: made.lineItem.url });
    expect(after.map(({ scoreGiven }) => scoreGiven)).toEqual([77, 77, 77, 77]);
    expect(before).toHaveLength(4);
  });
});
