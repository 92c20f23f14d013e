import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { endRun } from "#lib/db/runs/ends.ts";
import { endAttemptAs, errorOf } from "#tests/support/run-ends.ts";
import { hasPendingScores } from "#lib/db/scores/pending.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { openCourseStage, REFUSED, type CourseStage } from "#tests/support/course-stage.ts";
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

describe("a course keeps the outcome of its latest grade sync", () => {
  const gradeSync = () => stage.begun({ kind: "grade_sync", courseId: stage.courseIds[0] });
  const isLeft = (tx: Db) => hasPendingScores(tx, stage.courseIds[0]!);
  const reason = async () => (await stage.outcomeOf(stage.courseIds[0]!)).reason;

  test("when it succeeds, succeeds in part or fails", async () => {
    const { db } = database;
    await endAttemptAs(db, await gradeSync(), { state: "failed", ...REFUSED });
    expect(await reason()).toBe("grades_failed");
    const courseId = stage.courseIds[0]!;
    const rejected = { errorCode: "sync.scores_rejected", errorMessage: "3 scores rejected" };
    const partly = { state: "partly_succeeded", error: errorOf(rejected) } as const;
    await endRun(db, await gradeSync(), partly, isLeft);
    expect(await stage.outcomeOf(courseId)).toMatchObject({
      reason: "grades_partly",
      ...grades(rejected),
    });
    await endRun(db, await gradeSync(), { state: "succeeded" }, isLeft);
    expect(await reason()).toBe("healthy");
  });

  test("and not that of one which is cancelled, or goes on", async () => {
    const { db } = database;
    const courseId = stage.courseIds[0]!;
    await endAttemptAs(db, await gradeSync(), { state: "succeeded" });
    await endAttemptAs(db, await gradeSync(), { state: "cancelled" });
    await waitingScore(courseId, "pending");
    const goesOn = await gradeSync();
    const end = await endRun(db, goesOn, { state: "succeeded" }, isLeft);
    expect(end).toBe("goes_on");
    expect(await reason()).toBe("healthy");
  });

  test("and counts what was changed on the platform only while somebody has to decide", async () => {
    const { db } = database;
    const score = await waitingScore(stage.courseIds[0]!, "conflict");
    const changed = { errorCode: "sync.changed_on_platform", errorMessage: "1 score was changed" };
    await endAttemptAs(db, await gradeSync(), { state: "partly_succeeded", ...changed });
    expect(await reason()).toBe("grades_partly");
    await db.prisma.score.update({ where: { id: score.id }, data: { state: "sent" } });
    expect(await reason()).toBe("healthy");
  });

  const grades = (error: { errorCode: string; errorMessage: string }) => ({
    gradesState: "partly_succeeded",
    gradesErrorCode: error.errorCode,
    gradesErrorMessage: error.errorMessage,
    gradesFailed: 0,
  });
});

async function waitingScore(courseId: string, state: "pending" | "conflict") {
  const { prisma } = database.db;
  const { id: lineItemId } = await prisma.lineItem.create({
    data: { courseId, url: "https://lms.example.edu/1", scoreMaximum: 100 },
  });
  return prisma.score.create({
    data: {
      lineItemId,
      userId: "person-1",
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
      state,
    },
  });
}
