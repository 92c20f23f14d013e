import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { releaseRosterLock, freeCourses } from "#lib/db/rosters/locks.ts";
import { startRunCourse } from "#lib/db/runs/course-start.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import type { Lease } from "#lib/db/runs/runs.ts";
import { openCourseStage, REFUSED, type CourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let stage: CourseStage;
let courseId: string;
let first: Lease;
let second: Lease;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openCourseStage(database.db);
  courseId = stage.courseIds[0]!;
  first = await stage.begun();
  second = await stage.begun({ courseId });
});

const start = (lease: Lease) => startRunCourse(database.db, lease, courseId);
const free = (lease: Lease) => freeCourses(database.db, lease.runId, [courseId]);

/** The database, where something happens once between the first statement and the next. */
function afterFirstRows(db: Db, happens: () => Promise<void>): Db {
  let event: Promise<void> | undefined;
  return {
    ...db,
    async rows(shape, statement, values) {
      const answer = await db.rows(shape, statement, values);
      await (event ??= happens());
      return answer;
    },
  };
}

describe("a course that one run is at", () => {
  test("is not begun by another, and that one counts nothing", async () => {
    expect(await start(first)).toMatchObject({ membersBefore: 0 });
    expect(await start(second)).toBe("taken");
    expect([...(await free(second))]).toEqual([]);
    const part = { runId_courseId: { runId: second.runId, courseId } };
    expect(await database.db.prisma.runCourse.findUniqueOrThrow({ where: part })).toMatchObject({
      state: "pending",
      startedAt: null,
    });
  });

  test("is taken by one of two that come at the same moment", async () => {
    const begun = await Promise.all([start(first), start(second)]);
    expect(begun.filter((each) => each === "taken")).toHaveLength(1);
  });

  test("is begun by the same run again", async () => {
    await start(first);
    expect(await start(first)).toMatchObject({ membersBefore: 0 });
    expect([...(await free(first))]).toEqual([courseId]);
  });

  test("is free once the run has ended its part of it, and leaves others to it", async () => {
    await start(first);
    await startRunCourse(database.db, first, stage.courseIds[1]!);
    await stage.endPart(first.runId, courseId, { state: "succeeded" });
    expect([...(await free(second))]).toEqual([courseId]);
    expect(await start(second)).toMatchObject({ membersBefore: 0 });
    expect(await freeCourses(database.db, second.runId, stage.courseIds)).not.toContain(
      stage.courseIds[1],
    );
  });

  test("is free once the platform did not answer for it and the run goes on without", async () => {
    await start(first);
    expect(await releaseRosterLock(database.db, courseId, first)).toBe(true);
    expect(await start(second)).toMatchObject({ membersBefore: 0 });
  });

  test("is free once the run came to its end otherwise", async () => {
    await start(first);
    await endAttemptAs(database.db, first, { state: "failed", ...REFUSED });
    expect(await start(second)).toBe("taken");
    expect([...(await free(second))]).toEqual([courseId]);
    expect(await start(second)).toMatchObject({ membersBefore: 0 });
  });

  test("is told as taken also where the other leaves it in that moment", async () => {
    await start(first);
    const left = afterFirstRows(database.db, () =>
      stage.endPart(first.runId, courseId, { state: "succeeded" }),
    );
    expect(await startRunCourse(left, second, courseId)).toBe("taken");
    expect(await start(second)).toMatchObject({ membersBefore: 0 });
  });

  test("is let go only under the lease that holds it", async () => {
    await start(first);
    const again = (await claimRun(database.db, first.runId))!;
    await start(again);
    expect(await releaseRosterLock(database.db, courseId, first)).toBe(false);
    expect(await start(second)).toBe("taken");
    expect(await releaseRosterLock(database.db, courseId, again)).toBe(true);
    expect(await start(second)).toMatchObject({ membersBefore: 0 });
  });

  test("is free once another worker took the run over, until that one begins it", async () => {
    await start(first);
    const taken = (await claimRun(database.db, first.runId))!;
    await expect(start(first)).rejects.toBeInstanceOf(LeaseLost);
    expect([...(await free(second))]).toEqual([courseId]);
    expect(await start(taken)).toMatchObject({ membersBefore: 0 });
    expect([...(await free(second))]).toEqual([]);
    expect(await start(second)).toBe("taken");
  });
});

test("a run that lost its lease takes no course", async () => {
  await claimRun(database.db, first.runId);
  await expect(start(first)).rejects.toBeInstanceOf(LeaseLost);
  expect(await start(second)).toMatchObject({ membersBefore: 0 });
});

test("a course that was paused meanwhile is told from one that is taken", async () => {
  await database.db.prisma.runCourse.update({
    where: { runId_courseId: { runId: first.runId, courseId } },
    data: { state: "skipped" },
  });
  expect(await start(first)).toBe("paused");
});
