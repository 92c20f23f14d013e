import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { markTarget } from "#lib/db/system/pauses.ts";
import * as pauses from "#lib/operations/system/pauses.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { getRun, startRun } from "#lib/operations/runs/runs.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { getSystem } from "#lib/operations/system/system.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import {
  gradedCourse,
  runOf,
  startGradeSync,
  until,
  valuesOn,
  type GradedCourse,
} from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startRun as start,
  type AddedCourse,
} from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

const paused = (runId: string) =>
  until(async () => (await runOf(installation, runId)).state === "paused");
const push = ({ lineItem }: GradedCourse, userId: string, scoreGiven: number, send = false) => {
  const score = {
    userId,
    scoreGiven,
    activityProgress: "Completed" as const,
    gradingProgress: "FullyGraded" as const,
  };
  return pushScores(operator, { lineItemId: lineItem.id, scores: [score], send });
};
const auditOf = async (objectId: string) =>
  (await installation.db.prisma.auditEntry.findMany({ where: { objectId } })).map(
    ({ action, actor }) => `${action} by ${actor}`,
  );

describe("a paused course", () => {
  test("stops its run in mid-batch, and at resume nothing is lost or sent twice", async () => {
    const made = await gradedCourse(installation, platform, { scores: 160 });
    const { clientId } = made.registration;
    await platform.misbehave({ kind: "delay", ms: 40, route: "scores", clientId });
    const { id } = await startGradeSync(installation, made);
    await until(async () => (await runOf(installation, id)).done > 0);
    await pauses.pauseCourse(operator, { courseId: made.course.id });
    await paused(id);
    const arrived = (await valuesOn(platform, made.lineItem)).size;
    expect(arrived).toBeLessThan(160);
    expect(await installation.db.prisma.score.count({ where: { state: "sending" } })).toBe(0);
    await push(made, made.userIds[159]!, 99);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await valuesOn(platform, made.lineItem)).size).toBe(arrived);

    await pauses.resumeCourse(operator, { courseId: made.course.id });
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 160 });
    const held = await platform.scoresOf({ lineItem: made.lineItem.url });
    expect(held).toHaveLength(160);
    expect(held.every(({ history }) => history.length === 1)).toBe(true);
    expect((await valuesOn(platform, made.lineItem)).get(made.userIds[159]!)).toBe(99);
  });

  test("says who paused it and when, and refuses a new sync with what to do", async () => {
    const made = await gradedCourse(installation, platform, { scores: 1 });
    const courseId = made.course.id;
    await pauses.pauseCourse(operator, { courseId });
    const course = await getCourse(operator, { courseId });
    expect(course).toMatchObject({
      pausedBy: "Ada Operator",
      health: "paused",
      healthReason: "by Ada Operator",
    });
    await expect(startRun(operator, { kind: "roster_sync", courseId })).rejects.toMatchObject({
      code: "operation.conflict",
      message: expect.stringMatching(
        /^its course is paused by Ada Operator since .*: resume it first$/,
      ),
    });
    await pauses.resumeCourse(operator, { courseId });
    expect((await getCourse(operator, { courseId })).pausedAt).toBeNull();
    expect(await auditOf(courseId)).toEqual([
      "course.pause by Ada Operator",
      "course.resume by Ada Operator",
    ]);
  });

  test("lets no run begin that was started while the pause was being set", async () => {
    const { db, engine } = installation;
    const made = await gradedCourse(installation, platform, { scores: 2 });
    const target = { scope: "course", courseId: made.course.id } as const;
    const { id } = await transaction(db, async (tx) => {
      await markTarget(tx, target, { at: new Date(), by: "Ada Operator" });
      await engine.pauseRuns(tx, target);
      const run = await startGradeSync(installation, made);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      return run;
    });
    await paused(id);
    expect(await runOf(installation, id)).toMatchObject({ attempt: 0, startedAt: null });
    expect(await valuesOn(platform, made.lineItem)).toEqual(new Map());
  });

  test("takes scores, and their run goes on at resume", async () => {
    const made = await gradedCourse(installation, platform, { scores: 2, unwanted: true });
    const courseId = made.course.id;
    await pauses.pauseCourse(operator, { courseId });
    const { runId } = await push(made, made.userIds[0]!, 7, true);
    await paused(runId!);
    expect(await getRun(operator, { runId: runId! })).toMatchObject({
      state: "paused",
      pause: { scope: "course", by: "Ada Operator" },
    });
    await pauses.resumeCourse(operator, { courseId });
    expect(await finished(installation, runId!)).toMatchObject({ state: "succeeded", done: 1 });
    expect((await valuesOn(platform, made.lineItem)).get(made.userIds[0]!)).toBe(7);
  });

  test("whose scores are sent as they come gets a grade sync at resume", async () => {
    const made = await gradedCourse(installation, platform, { scores: 3 });
    const courseId = made.course.id;
    await pauses.pauseCourse(operator, { courseId });
    await installation.db.prisma.course.update({
      where: { id: courseId },
      data: { sendPolicy: "as_they_come" },
    });
    expect(await installation.db.prisma.run.count({ where: { courseId } })).toBe(0);
    await pauses.resumeCourse(operator, { courseId });
    await until(async () => (await valuesOn(platform, made.lineItem)).size === 3);
  });

  test("is left out of a sync of all courses, with the reason", async () => {
    const registration = await register(installation, platform);
    const one = await addCourse(installation, platform, registration, { members: 4 });
    const two = await addCourse(installation, platform, registration, { members: 4 });
    await pauses.pauseCourse(operator, { courseId: two.course.id });
    const { id } = await start(installation, "roster_sync", { registrationId: registration.id });
    expect(await finished(installation, id)).toMatchObject({
      state: "succeeded",
      total: 1,
      done: 1,
    });
    const parts = (await getRun(operator, { runId: id })).courses;
    const byCourse = new Map(parts.map((part) => [part.courseId, part]));
    expect(byCourse.get(one.course.id)).toMatchObject({ state: "succeeded" });
    expect(byCourse.get(two.course.id)).toMatchObject({
      state: "skipped",
      problem: { code: "sync.course_paused", message: "the course is paused" },
    });
    expect(await platform.requests({ contextId: two.contextId, route: "memberships" })).toEqual([]);
  });

  test("loses its turn in a sync of all courses that is under way", async () => {
    const registration = await register(installation, platform);
    const { clientId } = registration;
    await platform.misbehave({ kind: "delay", ms: 600, route: "memberships", clientId });
    const courses: AddedCourse[] = [];
    for (const title of ["A", "B", "C"])
      courses.push(await addCourse(installation, platform, registration, { title, members: 2 }));
    const { id } = await start(installation, "roster_sync", { registrationId: registration.id });
    const read = () => platform.requests({ contextId: courses[0]!.contextId });
    await until(async () => (await read()).length > 0);
    await pauses.pauseCourse(operator, { courseId: courses[2]!.course.id });
    expect(await finished(installation, id)).toMatchObject({
      state: "succeeded",
      total: 2,
      done: 2,
    });
    expect(await platform.requests({ contextId: courses[2]!.contextId })).toEqual([]);
  });
});

describe("a pause of everything", () => {
  test("outlasts the resume of a registration, whose run goes on only after both", async () => {
    const made = await gradedCourse(installation, platform, { scores: 2 });
    const registrationId = made.registration.id;
    await pauses.pauseEverything(operator);
    expect((await getSystem(operator)).paused).toMatchObject({ by: "Ada Operator" });
    await pauses.pauseRegistration(operator, { registrationId });
    const { id } = await startGradeSync(installation, made);
    await paused(id);
    await pauses.resumeRegistration(operator, { registrationId });
    expect(await runOf(installation, id)).toMatchObject({ state: "paused" });
    const courseId = made.course.id;
    await expect(startRun(operator, { kind: "grade_sync", courseId })).rejects.toThrow(
      /^all syncs are paused by Ada Operator/,
    );
    await pauses.resumeEverything(operator);
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 2 });
    expect((await getSystem(operator)).paused).toBeNull();
  });

  test("is not needed for a registration, which says so in its health", async () => {
    const { id: registrationId } = await register(installation, platform);
    const view = await pauses.pauseRegistration(operator, { registrationId });
    expect(view).toMatchObject({ health: "paused", pausedBy: "Ada Operator" });
    await pauses.resumeRegistration(operator, { registrationId });
    expect(await getRegistration(operator, { registrationId })).toMatchObject({ pausedAt: null });
    expect(await auditOf(registrationId)).toHaveLength(2);
  });
});
