import { afterEach, describe, expect, test } from "vitest";
import { resolveConflicts } from "#lib/operations/scores/conflicts.ts";
import { updateCourseSettings } from "#lib/operations/courses/settings.ts";
import { archiveRegistration } from "#lib/operations/registrations/registrations.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { listLineItems } from "#lib/operations/line-items/line-items.ts";
import { getRun, listOutcomes } from "#lib/operations/runs/runs.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import type { CourseSettings } from "#lib/operations/courses/schema.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { listScores } from "#lib/operations/scores/scores.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, until, valuesOn, type GradedCourse } from "#tests/support/grading.ts";
import { finished } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

async function courseWith(settings: Partial<CourseSettings>, scores = 2): Promise<GradedCourse> {
  const made = await gradedCourse(installation, platform, { scores, unwanted: true });
  await updateCourseSettings(operator, {
    courseId: made.course.id,
    sendPolicy: "on_request",
    conflictPolicy: "overwrite",
    sendUnchanged: false,
    ...settings,
  });
  return made;
}

/** Pushes one value for each learner and waits for the run that sends them. */
async function grade(made: GradedCourse, scoreGiven: number) {
  const result = await push(made, made.userIds, scoreGiven, true);
  return result.runId === null ? null : finished(installation, result.runId);
}

function push({ lineItem }: GradedCourse, userIds: string[], scoreGiven: number, send: boolean) {
  const scores = userIds.map((userId) => ({
    userId,
    scoreGiven,
    scoreMaximum: 100,
    activityProgress: "Completed" as const,
    gradingProgress: "FullyGraded" as const,
  }));
  return pushScores(operator, { lineItemId: lineItem.id, scores, send });
}

/** A teacher sets the first learner's grade to 40 of 100. */
const override = ({ lineItem, userIds }: GradedCourse, resultScore = 40) =>
  platform.overrideResult({
    lineItem: lineItem.url,
    userId: userIds[0]!,
    resultScore: (resultScore / 100) * lineItem.scoreMaximum,
  });

const conflictsOf = async ({ course }: GradedCourse) =>
  (await listScores(operator, { courseId: course.id, state: "conflict" })).items;

async function batchWords(runId: string): Promise<string[]> {
  const events = await installation.db.prisma.runEvent.findMany({
    where: { runId, kind: "batch.sent" },
    orderBy: { id: "asc" },
  });
  return events.map(({ message }) => message);
}

describe("a score that somebody changed on the platform", () => {
  test("waits for a decision where the policy asks, and the overview counts it", async () => {
    const made = await courseWith({ conflictPolicy: "ask" });
    await grade(made, 70);
    await override(made);
    const run = await grade(made, 90);
    expect(run).toMatchObject({ state: "partly_succeeded", done: 1, failed: 1 });
    expect(await batchWords(run!.id)).toEqual([
      "batch 1: 1 of 2 accepted, 1 to be decided: changed on the platform",
    ]);
    const [conflict, ...others] = await conflictsOf(made);
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({ userId: made.userIds[0], scoreGiven: 90 });
    expect(conflict!.platformScore).toBeCloseTo(40);
    expect(conflict!.problem?.message).toContain("not the 70 that was sent");
    const overview = await getOverview(operator);
    expect(overview.scoresInConflict).toBe(1);
    expect(overview.attention).toContainEqual(
      expect.objectContaining({
        code: "sync.changed_on_platform",
        message: "1 score waits for a decision",
        courseId: made.course.id,
      }),
    );

    const decided = { courseId: made.course.id, scoreIds: [conflict!.id], send: false };
    await resolveConflicts(operator, { ...decided, resolution: "keep" });
    expect(await conflictsOf(made)).toEqual([]);
    const kept = await installation.db.prisma.score.findUniqueOrThrow({
      where: { id: conflict!.id },
    });
    expect(kept).toMatchObject({ state: "sent", sentScoreMaximum: 100 });
    expect(kept.sentScoreGiven).toBeCloseTo(40);
    expect(kept.errorMessage).toBe("the platform's value was kept by Ada Operator");
    // The same wish again changes nothing; another one is sent over what was kept.
    expect(await push(made, made.userIds, 90, false)).toMatchObject({ accepted: 0, unchanged: 2 });
    expect(await grade(made, 95)).toMatchObject({ state: "succeeded", done: 2 });
  });

  test("is overwritten when a person says so", async () => {
    const made = await courseWith({ conflictPolicy: "ask" });
    await grade(made, 70);
    await override(made);
    await grade(made, 90);
    const [conflict] = await conflictsOf(made);
    const { runId, ...counts } = await resolveConflicts(operator, {
      courseId: made.course.id,
      scoreIds: [conflict!.id, crypto.randomUUID()],
      resolution: "overwrite",
      send: true,
    });
    expect(counts).toEqual({ resolved: 1, skipped: 1 });
    expect(await finished(installation, runId!)).toMatchObject({ state: "succeeded", done: 1 });
    expect((await valuesOn(platform, made.lineItem)).get(made.userIds[0]!)).toBe(90);
  });

  test("is in conflict anew when the platform's value changes once more before that", async () => {
    const made = await courseWith({ conflictPolicy: "ask" });
    // Never sent by us: the teacher was first.
    await override(made, 20);
    await grade(made, 90);
    const [conflict] = await conflictsOf(made);
    await override(made, 30);
    const { runId } = await resolveConflicts(operator, {
      courseId: made.course.id,
      scoreIds: [conflict!.id],
      resolution: "overwrite",
      send: true,
    });
    expect(await finished(installation, runId!)).toMatchObject({
      state: "partly_succeeded",
      errorCode: "sync.changed_on_platform",
      failed: 1,
    });
    const [again] = await conflictsOf(made);
    expect(again!.platformScore).toBeCloseTo(30);
  });

  test("is left alone where the policy skips, and overwritten where it does not look", async () => {
    const skipping = await courseWith({ conflictPolicy: "skip" });
    await grade(skipping, 70);
    await override(skipping);
    const run = await grade(skipping, 90);
    expect(run).toMatchObject({ state: "succeeded", total: 2, done: 1, skipped: 1, failed: 0 });
    await expectLeftAlone(skipping, run!.id);
    const sent = (made: GradedCourse) =>
      platform.requests({ lineItem: made.lineItem.url, route: "scores" });
    expect(await sent(skipping)).toHaveLength(3);

    const overwriting = await courseWith({ conflictPolicy: "overwrite" });
    await grade(overwriting, 70);
    await override(overwriting);
    expect(await grade(overwriting, 90)).toMatchObject({ state: "succeeded", done: 2 });
    expect(await sent(overwriting)).toHaveLength(4);
  });

  test("is not seen where the run itself has just sent another value", async () => {
    const made = await courseWith({ conflictPolicy: "skip" });
    await grade(made, 60);
    await platform.misbehave({
      kind: "delay",
      ms: 600,
      route: "scores",
      clientId: made.registration.clientId,
    });
    const { runId } = await push(made, made.userIds, 70, true);
    const sending = { runId: runId!, state: "sending" as const };
    await until(async () => (await installation.db.prisma.score.count({ where: sending })) === 2);
    await push(made, made.userIds, 80, true);
    await finished(installation, runId!);
    expect([...(await valuesOn(platform, made.lineItem)).values()]).toEqual([80, 80]);
  });
});

/** One of two scores is nowhere told as sent or accepted. */
async function expectLeftAlone({ course, lineItem }: GradedCourse, runId: string) {
  const courseId = course.id;
  const { batches, events, skipped } = await getRun(operator, { runId });
  expect(skipped).toBe(1);
  expect(batches).toMatchObject([{ size: 2, sent: 1, skipped: 1, rejected: 0, unknown: 0 }]);
  const told = events.map(({ message }) => message);
  expect(told).toContain("batch 1: 1 of 2 accepted, 1 left alone: changed on the platform");
  expect(told).toContain("succeeded: 1 done, 0 failed, 1 left alone");
  const outcomes = await listOutcomes(operator, { runId });
  expect(outcomes.items.map(({ kind }) => kind).sort()).toEqual(["sent", "skipped"]);
  const { scores } = await getCourse(operator, { courseId });
  expect(scores).toMatchObject({ sent: 1, skipped: 1, rejected: 0 });
  const [column] = (await listLineItems(operator, { courseId })).items;
  expect(column).toMatchObject({ id: lineItem.id, scores: { sent: 1, skipped: 1 } });
  for (const state of ["sent", "skipped"] as const) {
    const { items } = await listScores(operator, { courseId, state });
    expect(items).toMatchObject([{ state }]);
  }
}

describe("sending unchanged values", () => {
  test("happens where the course is set to it, and not otherwise", async () => {
    const still = await courseWith({});
    await grade(still, 50);
    expect(await grade(still, 50)).toBeNull();
    const eager = await courseWith({ sendUnchanged: true });
    await grade(eager, 50);
    expect(await grade(eager, 50)).toMatchObject({ state: "succeeded", done: 2 });
    const [score] = await platform.scoresOf({ lineItem: eager.lineItem.url });
    expect(score!.history).toHaveLength(2);
    expect(score!.history[1]! > score!.history[0]!).toBe(true);
  });
});

describe("scores sent as they come", () => {
  test("are on the platform within seconds of a push that did not ask for it", async () => {
    const made = await courseWith({ sendPolicy: "as_they_come" });
    const beganMs = performance.now();
    await push(made, made.userIds, 64, false);
    await until(async () => (await valuesOn(platform, made.lineItem)).size === 2);
    expect(performance.now() - beganMs).toBeLessThan(10_000);
  });

  test("are none left behind by a run that was about to end", async () => {
    const made = await courseWith({ sendPolicy: "as_they_come" }, 40);
    for (const userId of made.userIds) {
      await push(made, [userId], 81, false);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    }
    await until(async () => (await valuesOn(platform, made.lineItem)).size === 40);
    const runs = { courseId: made.course.id, state: { not: "succeeded" as const } };
    await until(async () => (await installation.db.prisma.run.count({ where: runs })) === 0);
  });

  test("already wait when the course is set to it, and go out then", async () => {
    const made = await courseWith({});
    await push(made, made.userIds, 33, false);
    await updateCourseSettings(operator, {
      courseId: made.course.id,
      sendPolicy: "as_they_come",
      conflictPolicy: "overwrite",
      sendUnchanged: false,
    });
    await until(async () => (await valuesOn(platform, made.lineItem)).size === 2);
  });

  test("wait on where the registration is archived by then", async () => {
    const made = await courseWith({});
    await push(made, made.userIds, 33, false);
    const registrationId = made.registration.id;
    await archiveRegistration(operator, { registrationId });
    await updateCourseSettings(operator, {
      courseId: made.course.id,
      sendPolicy: "as_they_come",
      conflictPolicy: "overwrite",
      sendUnchanged: false,
    });
    expect(await installation.db.prisma.run.count({ where: { registrationId } })).toBe(0);
  });
});
