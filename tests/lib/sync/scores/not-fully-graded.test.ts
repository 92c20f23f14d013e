import { afterEach, describe, expect, test } from "vitest";
import type { GradingProgress } from "#lib/lti/index.ts";
import { updateCourseSettings } from "#lib/operations/courses/settings.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { listScores } from "#lib/operations/scores/scores.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, until, type GradedCourse } from "#tests/support/grading.ts";
import { finished, register, startRun } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({ platform: { profile: "moodle" } });
afterEach(() => expectOutcomesKept(installation.db));

async function emptyCourse(scores = 1): Promise<GradedCourse> {
  const registration = await register(installation, platform, { profile: "moodle" });
  return gradedCourse(installation, platform, { scores, registration, unwanted: true });
}

type Pushed = { scoreGiven: number | null; gradingProgress: GradingProgress };

/** Pushes a score for each person and waits for the run that sends them. */
async function send({ lineItem }: GradedCourse, userIds: string[], pushed: Pushed) {
  const { scoreGiven, ...score } = pushed;
  const { runId } = await pushScores(operatorOf(installation), {
    lineItemId: lineItem.id,
    send: true,
    scores: userIds.map((userId) => ({
      userId,
      activityProgress: "Completed" as const,
      ...(scoreGiven !== null && { scoreGiven, scoreMaximum: 100 }),
      ...score,
    })),
  });
  return finished(installation, runId!);
}

const graded = (scoreGiven: number): Pushed => ({ scoreGiven, gradingProgress: "FullyGraded" });
const PENDING: Pushed = { scoreGiven: 55, gradingProgress: "PendingManual" };
const CLEARED: Pushed = { scoreGiven: null, gradingProgress: "NotReady" };

async function gradesOn({ lineItem, userIds }: GradedCourse) {
  const grades = await platform.gradesOf({ lineItem: lineItem.url });
  return userIds.map((id) => grades.find(({ userId }) => userId === id)?.grade ?? null);
}

const sentTo = async ({ lineItem }: GradedCourse) =>
  (await platform.requests({ lineItem: lineItem.url, route: "scores" })).length;

async function verified({ course }: GradedCourse): Promise<void> {
  const courseId = course.id;
  const open = { courseId, state: { in: ["queued" as const, "running" as const] } };
  const unproven = { lineItem: { courseId }, state: "sent" as const, proof: null };
  const { prisma } = installation.db;
  await until(async () => (await prisma.score.count({ where: unproven })) === 0);
  await until(async () => (await prisma.run.count({ where: open })) === 0);
}

describe("a score that is not fully graded, on a platform that wipes the grade for it", () => {
  test.each([
    ["a pending value", PENDING],
    ["no value", CLEARED],
  ])("is not sent over a grade: %s", async (_name, score) => {
    const made = await emptyCourse();
    await send(made, made.userIds, graded(80));
    const before = await gradesOn(made);
    expect(before[0]).not.toBeNull();
    expect(await send(made, made.userIds, score)).toMatchObject({
      state: "failed",
      errorCode: "sync.would_wipe_grade",
      failed: 1,
    });
    expect(await gradesOn(made)).toEqual(before);
    expect(await sentTo(made)).toBe(1);
    const { items } = await listScores(operatorOf(installation), { courseId: made.course.id });
    expect(items).toMatchObject([
      { state: "rejected", problem: { code: "sync.would_wipe_grade" } },
    ]);
    // Once it is fully graded it goes out.
    expect(await send(made, made.userIds, graded(90))).toMatchObject({ state: "succeeded" });
    expect(await sentTo(made)).toBe(2);
  });

  test("is sent where the course is set to it, and the grade is gone", async () => {
    const made = await emptyCourse();
    await send(made, made.userIds, graded(80));
    await updateCourseSettings(operatorOf(installation), {
      courseId: made.course.id,
      notFullyGraded: "send",
    });
    expect(await send(made, made.userIds, CLEARED)).toMatchObject({ state: "succeeded", done: 1 });
    expect(await gradesOn(made)).toEqual([null]);
  });

  test("is sent to an empty cell, and stops nobody else's score", async () => {
    const made = await emptyCourse(2);
    const [first, second] = made.userIds as [string, string];
    await send(made, [first], graded(80));
    expect(await send(made, [first, second], PENDING)).toMatchObject({
      state: "partly_succeeded",
      errorCode: "sync.would_wipe_grade",
      done: 1,
      failed: 1,
    });
    expect(await sentTo(made)).toBe(2);
    // The verification found nothing there: the next one wipes nothing either.
    await verified(made);
    const again = { ...PENDING, scoreGiven: 56 };
    expect(await send(made, [second], again)).toMatchObject({ state: "succeeded", done: 1 });
  });

  test("is not sent over a grade that only a verification found", async () => {
    const made = await emptyCourse();
    const [userId] = made.userIds as [string];
    await send(made, [userId], PENDING);
    await verified(made);
    // A teacher enters one.
    await platform.overrideResult({ lineItem: made.lineItem.url, userId, resultScore: 40 });
    const { registrationId, id: courseId } = made.course;
    const { id } = await startRun(installation, "verify", { registrationId, courseId });
    await finished(installation, id);
    expect(await send(made, [userId], { ...PENDING, scoreGiven: 56 })).toMatchObject({
      errorCode: "sync.would_wipe_grade",
    });
    expect(await gradesOn(made)).not.toEqual([null]);
  });

  test("is sent where the registration overrides the profile: nothing is wiped", async () => {
    const made = await emptyCourse();
    await installation.db.prisma.registration.update({
      where: { id: made.registration.id },
      data: { profileOverrides: { wipesUnlessFullyGraded: false } },
    });
    await send(made, made.userIds, graded(80));
    expect(await send(made, made.userIds, PENDING)).toMatchObject({ state: "succeeded", done: 1 });
  });
});
