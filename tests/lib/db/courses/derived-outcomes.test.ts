import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import {
  derivedOutcomes,
  expectOutcomesKept,
  keptOutcomes,
} from "#tests/support/course-outcomes.ts";
import { GONE, openCourseStage, REFUSED, type CourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let stage: CourseStage;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openCourseStage(database.db);
});
afterEach(() => expectOutcomesKept(database.db));

describe("a run that is deleted", () => {
  const remove = (runIds: string[]) =>
    database.db.prisma.run.deleteMany({ where: { id: { in: runIds } } });

  test("leaves the outcome of the one before it, and none where there was none", async () => {
    const [courseId] = stage.courseIds;
    const first = await stage.ended({ courseId }, { state: "succeeded" });
    const second = await stage.ended({ courseId }, GONE);
    const grades = { kind: "grade_sync", courseId } as const;
    const sent = await stage.ended(grades, { state: "succeeded" });
    const unsent = await stage.ended(grades, GONE);
    await remove([second]);
    expect(await stage.reasons()).toEqual(["grades_failed", null, null]);
    await remove([unsent]);
    expect(await stage.outcomeOf(courseId!)).toMatchObject({
      rosterRunId: first,
      gradesRunId: sent,
    });
    await remove([first, sent]);
    expect(await stage.reasons()).toEqual([null, null, null]);
  });

  test("takes its outcome from all courses that it was about", async () => {
    const all = await stage.ended({}, GONE);
    const later = await stage.ended({ courseId: stage.courseIds[0] }, { state: "succeeded" });
    await remove([all]);
    expect(await stage.reasons()).toEqual(["healthy", null, null]);
    await remove([later]);
    expect(await stage.reasons()).toEqual([null, null, null]);
  });

  test("takes nothing from the courses of others when its registration goes with it", async () => {
    await stage.ended({}, { state: "succeeded" });
    const other = stage;
    stage = await openCourseStage(database.db);
    await stage.ended({}, GONE);
    await database.db.prisma.registration.delete({ where: { id: stage.registrationId } });
    stage = other;
    expect(await stage.reasons()).toEqual(["healthy", "healthy", "healthy"]);
  });
});

test("the outcomes of a past are derived as those of a present are kept", async () => {
  const { pool, prisma } = database.db;
  const run = await stage.begun();
  await stage.endPart(run.runId, stage.courseIds[0]!, GONE);
  await stage.endPart(run.runId, stage.courseIds[1]!, { state: "held" });
  await endAttemptAs(database.db, run, { state: "failed", ...REFUSED });
  const grades = await stage.begun({ kind: "grade_sync", courseId: stage.courseIds[0] });
  await endAttemptAs(database.db, grades, { state: "partly_succeeded", ...REFUSED });
  const kept = await keptOutcomes(database.db);
  const where = { registrationId: stage.registrationId };
  await prisma.course.updateMany({ where, data: { rosterState: null, gradesState: null } });
  expect(await keptOutcomes(database.db)).not.toEqual(await derivedOutcomes(database.db));
  await pool.query("SELECT derive_course_outcomes(ARRAY (SELECT id FROM course))");
  expect(await keptOutcomes(database.db)).toEqual(kept);
});
