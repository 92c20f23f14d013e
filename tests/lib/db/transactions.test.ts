import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { afterCommit, transaction, type Db } from "#lib/db/client.ts";
import { isDatabaseDown, isRolledBack } from "#lib/db/errors.ts";
import { markTarget, pauseRuns } from "#lib/db/system/pauses.ts";
import { row } from "#lib/db/rows/shape.ts";
import { int4 } from "#lib/db/rows/types.ts";
import { openCourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { until } from "#tests/support/grading.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.execute("CREATE TABLE kept (id int PRIMARY KEY, n int NOT NULL)");
});
afterAll(() => database.drop());
beforeEach(() => database.db.execute("TRUNCATE kept; INSERT INTO kept VALUES (1, 0), (2, 0)"));

const add = (tx: Db, id: number) =>
  tx.prisma.$executeRaw`UPDATE kept SET n = n + 1 WHERE id = ${id}`;

/** Resolves once `parties` have called it. */
function meeting(parties: number): () => Promise<void> {
  let arrive = (): void => undefined;
  const all = new Promise<void>((resolve) => (arrive = resolve));
  let left = parties;
  return () => {
    left -= 1;
    if (left === 0) arrive();
    return all;
  };
}

async function kept(): Promise<number[]> {
  const rows = await database.db.rows(row({ n: int4 }), "SELECT n FROM kept ORDER BY id");
  return rows.map(({ n }) => n);
}

describe("a transaction", () => {
  test("that the database undoes for another is run again, each once in the end", async () => {
    const met = meeting(2);
    let begun = 0;
    const through = (first: number, then: number) =>
      transaction(database.db, async (tx) => {
        begun += 1;
        await add(tx, first);
        await met();
        await add(tx, then);
        return first;
      });
    expect(await Promise.all([through(1, 2), through(2, 1)])).toEqual([1, 2]);
    // One of them is undone; on a slow machine each may be, one after the other.
    expect(begun).toBeGreaterThanOrEqual(3);
    expect(await kept()).toEqual([2, 2]);
  });

  test("whose work fails is not run again, and leaves nothing", async () => {
    let begun = 0;
    const failed = transaction(database.db, async (tx) => {
      begun += 1;
      await add(tx, 1);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(begun).toBe(1);
    expect(await kept()).toEqual([0, 0]);
  });

  test("that is undone again and again is given up", async () => {
    let begun = 0;
    const undone = transaction(database.db, async (tx) => {
      begun += 1;
      await tx.prisma
        .$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'undone' USING ERRCODE = '40001'; END $$`;
    });
    await expect(undone).rejects.toSatisfy(isRolledBack);
    expect(begun).toBe(4);
  });

  test.each([
    ["by itself", (tx: Db) => tx.prisma.run.count()],
    ["in plain SQL", (tx: Db) => tx.prisma.$queryRaw`SELECT 1`],
  ])("whose connection the database ends is known by that, %s", async (_how, ask) => {
    const cut = transaction(database.db, async (tx) => {
      const [{ pid }] = await tx.prisma.$queryRaw<
        [{ pid: number }]
      >`SELECT pg_backend_pid() AS pid`;
      await database.db.execute("SELECT pg_terminate_backend($1)", [pid]);
      await ask(tx);
    });
    await expect(cut).rejects.toSatisfy(isDatabaseDown);
  });
});

test("a course is paused also in the moment in which its run ends", async () => {
  const { db } = database;
  const stage = await openCourseStage(db);
  const courseId = stage.courseIds[0]!;
  const target = { scope: "course", courseId } as const;
  const { runId } = await stage.begun({ kind: "grade_sync", courseId });
  const pause = async (tx: Db) => {
    await markTarget(tx, target, { at: new Date(), by: "Kim Park" });
    await pauseRuns(tx, target, "its course is paused");
  };
  let paused: Promise<void> | undefined;
  // As a settlement does: the run first, then its course.
  await transaction(db, async (tx) => {
    await tx.execute("UPDATE run SET phase = 'done' WHERE id = $1", [runId]);
    paused = transaction(db, pause);
    await until(async () => (await waitingForLocks()) > 0);
    await tx.execute("UPDATE course SET grades_run_id = $1 WHERE id = $2", [runId, courseId]);
  });
  await paused;
  const course = await db.prisma.course.findUniqueOrThrow({ where: { id: courseId } });
  expect(course).toMatchObject({ pausedBy: "Kim Park", gradesRunId: runId });
  expect(await db.prisma.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    pauseRequestedAt: expect.any(Date) as Date,
  });
});

async function waitingForLocks(): Promise<number> {
  const [waiting] = await database.db.rows(
    row({ n: int4 }),
    `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting!.n;
}

test("a copy of this module, as each bundle of the built server has one, uses the same transactions", async () => {
  vi.resetModules();
  const copy = await import("#lib/db/client.ts");
  expect(copy.transaction).not.toBe(transaction);
  const followed: string[] = [];
  const rows = await copy.transaction(database.db, async (tx) => {
    await afterCommit(tx, async () => void followed.push("after the commit"));
    return tx.rows(row({ one: int4 }), "SELECT 1 AS one");
  });
  expect(rows).toEqual([{ one: 1 }]);
  expect(followed).toEqual(["after the commit"]);
});
