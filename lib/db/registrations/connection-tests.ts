import type { Db } from "../client.ts";
import { Prisma, type ConnectionTest } from "../generated/client.ts";
import { lock } from "../locks/locks.ts";

export type StoredParts = Prisma.InputJsonArray;

/** A moment at which nobody else starts or changes a test of this registration. */
export async function lockConnectionTests(db: Db, registrationId: string): Promise<void> {
  await lock(db, `connection test ${registrationId}`);
}

export async function insertConnectionTest(
  db: Db,
  test: { registrationId: string; startedBy: string; startedAt: Date; steps: StoredParts },
): Promise<ConnectionTest> {
  return db.prisma.connectionTest.create({ data: test });
}

export async function latestConnectionTest(
  db: Db,
  registrationId: string,
): Promise<ConnectionTest | null> {
  return db.prisma.connectionTest.findFirst({
    where: { registrationId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
}

export type ConnectionTestRow = Omit<ConnectionTest, "steps">;

/** Newest first, without their steps. */
export async function listConnectionTests(
  db: Db,
  registrationId: string,
  limit: number,
): Promise<ConnectionTestRow[]> {
  return db.prisma.connectionTest.findMany({
    where: { registrationId },
    omit: { steps: true },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: limit,
  });
}

/** Forgets all but the latest tests of a registration. */
export async function pruneConnectionTests(
  db: Db,
  registrationId: string,
  keep: number,
): Promise<void> {
  await db.execute(Prisma.sql`
    DELETE FROM connection_test WHERE registration_id = ${registrationId}::uuid AND id NOT IN (
      SELECT id FROM connection_test WHERE registration_id = ${registrationId}::uuid
       ORDER BY started_at DESC, id DESC LIMIT ${keep})`);
}

/** Stores how far a test has come; a test that has ended stays as it is. */
export async function saveConnectionTest(
  { prisma }: Db,
  id: string,
  progress: { steps: StoredParts; finishedAt?: Date; verdict?: string },
): Promise<void> {
  await prisma.connectionTest.updateMany({ where: { id, finishedAt: null }, data: progress });
}

/** Replaces what an ended test knows. */
export async function replaceTestParts(db: Db, id: string, steps: StoredParts): Promise<void> {
  await db.prisma.connectionTest.update({ where: { id }, data: { steps } });
}
