import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { rosterPageRows, writeRosterPage, type PageMode } from "#lib/db/rosters/pages/page.ts";
import type { Lease } from "#lib/db/runs/runs.ts";
import type { Membership } from "#lib/lti/index.ts";
import { row } from "#lib/db/rows/shape.ts";
import { int4 } from "#lib/db/rows/types.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const learner = (userId: string, more: Partial<Membership> = {}): Membership => ({
  userId,
  roles: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
  status: "active",
  ...more,
});

async function rosterRun(): Promise<{ lease: Lease; courseId: string }> {
  const { prisma } = database.db;
  const name = crypto.randomUUID();
  const platform = `https://${name}.example`;
  const registration = await prisma.registration.create({
    data: {
      ...{ name, issuer: platform, clientId: name, tokenEndpoint: `${platform}/token` },
      ...{ authorizationEndpoint: `${platform}/login`, jwksUrl: `${platform}/keys` },
      deployments: { create: { deploymentId: "1" } },
    },
    include: { deployments: true },
  });
  const course = await prisma.course.create({
    data: {
      ...{ registrationId: registration.id, deploymentId: registration.deployments[0]!.id },
      ...{ contextId: name, title: "Course" },
    },
  });
  const run = await prisma.run.create({
    data: {
      ...{ kind: "roster_sync", state: "running", lease: 1, trigger: "operator", startedBy: "Ada" },
      ...{ registrationId: registration.id, courseId: course.id },
      courses: { create: { courseId: course.id, position: 0, state: "running" } },
    },
  });
  return { lease: { ...run, runId: run.id }, courseId: course.id };
}

async function write(
  { lease, courseId }: { lease: Lease; courseId: string },
  members: Membership[],
  mode: PageMode = "list",
) {
  const rows = rosterPageRows(members, []);
  return writeRosterPage(database.db, lease, { courseId, mode }, rows);
}

async function namesIn(courseId: string): Promise<(string | null)[]> {
  const where = { courseId };
  const rows = await database.db.prisma.membership.findMany({ where, orderBy: { userId: "asc" } });
  return rows.map(({ name }) => name);
}

describe("a page of a roster", () => {
  test("is counted with what it changed, for the run and for its course", async () => {
    const run = await rosterRun();
    await write(run, [learner("a"), learner("b")], "first");
    await write(run, [learner("a", { name: "Ada" }), learner("b"), learner("c")]);
    const counts = { membersSeen: 5, membersAdded: 3, membersChanged: 1 };
    const { runId } = run.lease;
    const { prisma } = database.db;
    expect(await prisma.run.findUnique({ where: { id: runId } })).toMatchObject(counts);
    expect(await prisma.runCourse.findFirst({ where: { runId } })).toMatchObject({
      ...counts,
      pages: 2,
    });
    const changes = await prisma.rosterChange.findMany({
      where: { runId },
      orderBy: { id: "asc" },
    });
    expect(changes.map(({ kind, userId }) => `${kind} ${userId}`).sort()).toEqual([
      "added c",
      "changed a",
    ]);
  });

  test("of more than a statement takes is one page", async () => {
    const run = await rosterRun();
    const members = Array.from({ length: 2_500 }, (_, index) => learner(`user-${index}`));
    const { seenHashes } = await write(run, members);
    expect(seenHashes.reduce((bytes, { length }) => bytes + length, 0)).toBe(2_500 * 8);
    const { runId } = run.lease;
    const part = await database.db.prisma.runCourse.findFirst({ where: { runId } });
    expect(part).toMatchObject({ pages: 1, membersSeen: 2_500, membersAdded: 2_500 });
  });

  test("writes nothing once another worker has the run", async () => {
    const run = await rosterRun();
    const lost = { ...run, lease: { ...run.lease, lease: 0 } };
    await expect(write(lost, [learner("a")])).rejects.toMatchObject({ code: "sync.lease_lost" });
    expect(await namesIn(run.courseId)).toEqual([]);
    const { runId } = run.lease;
    const part = await database.db.prisma.runCourse.findFirst({ where: { runId } });
    expect(part).toMatchObject({ pages: 0, membersSeen: 0 });
  });

  test("keeps names that a database cannot store as they are", async () => {
    const run = await rosterRun();
    await write(run, [
      learner("a", { name: "half a \ud83d smile" }),
      learner("b", { name: "a whole \u{1f642}, a \\u0000 and a \\ud83d" }),
      learner("c", { name: "null\u0000byte" }),
    ]);
    expect(await namesIn(run.courseId)).toEqual([
      "half a \ufffd smile",
      "a whole \u{1f642}, a \\u0000 and a \\ud83d",
      "nullbyte",
    ]);
  });

  test("looks its members up one by one, however large the course that was just written", async () => {
    const run = await rosterRun();
    const roster = Array.from({ length: 20_000 }, (_, index) => learner(`user-${index}`));
    await write(run, roster, "first");
    await transaction(database.db, async (tx) => {
      const rows = rosterPageRows(roster.slice(5_000, 6_000), []);
      const target = { courseId: run.courseId, mode: "list" as const };
      await writeRosterPage(tx, run.lease, target, rows);
      const [table] = await tx.rows(
        row({ read: int4 }),
        `SELECT (seq_tup_read + idx_tup_fetch)::int AS read
           FROM pg_stat_xact_user_tables WHERE relname = 'membership'`,
      );
      expect(table!.read).toBeLessThan(1_100);
    });
  });
});

describe("members", () => {
  test("belong to a course that exists", async () => {
    const nowhere = crypto.randomUUID();
    const stray = database.db.execute(
      "INSERT INTO membership (course_id, user_id) VALUES ($1, 'a')",
      [nowhere],
    );
    await expect(stray).rejects.toMatchObject({ code: "23503", column: "course_id" });
  });

  test("go with their course, those too that are written as it is deleted", async () => {
    const { courseId } = await rosterRun();
    const { pool } = database.db;
    const writer = await pool.connect();
    try {
      await writer.query("BEGIN");
      const insert = "INSERT INTO membership (course_id, user_id) VALUES ($1, $2)";
      await writer.query(insert, [courseId, "a"]);
      const deletion = pool.query("DELETE FROM course WHERE id = $1", [courseId]);
      await deletionWaits();
      await writer.query("COMMIT");
      await deletion;
      await expect(pool.query(insert, [courseId, "b"])).rejects.toMatchObject({ code: "23503" });
    } finally {
      writer.release();
    }
    expect(await namesIn(courseId)).toEqual([]);
  });
});

async function deletionWaits(): Promise<void> {
  for (;;) {
    const waiting = await database.db.execute(
      `SELECT FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM course%' AND datname = current_database()`,
    );
    if (waiting > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
