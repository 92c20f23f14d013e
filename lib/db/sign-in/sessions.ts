import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";

export type SessionRow = {
  id: string;
  userId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  user: { name: string; email: string };
};

const FIELDS = {
  id: true,
  userId: true,
  createdAt: true,
  lastSeenAt: true,
  expiresAt: true,
  ipAddress: true,
  userAgent: true,
  user: { select: { name: true, email: true } },
} as const;

/** Those that have not ended by their time, the one seen last first. */
export async function listSessions(
  db: Db,
  { operatorId, now, limit }: { operatorId?: string; now: Date; limit: number },
): Promise<SessionRow[]> {
  return db.prisma.session.findMany({
    where: { userId: operatorId, expiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: limit,
    select: FIELDS,
  });
}

export async function findSession(db: Db, id: string): Promise<SessionRow | null> {
  return db.prisma.session.findUnique({ where: { id }, select: FIELDS });
}

/** Ends a session; with it go those whose time was over. */
export async function endSession(db: Db, id: string): Promise<void> {
  await db.execute(Prisma.sql`DELETE FROM session WHERE id = ${id} OR expires_at < now()`);
}

/** Ends an operator's sessions but one, and answers how many that were. */
export async function endOtherSessions(
  db: Db,
  { operatorId, keptId }: { operatorId: string; keptId: string | null },
): Promise<number> {
  const { count } = await db.prisma.session.deleteMany({
    where: { userId: operatorId, ...(keptId !== null && { id: { not: keptId } }) },
  });
  return count;
}

/** At most once a minute, so that a page does not write each time. */
export async function touchSession(db: Db, id: string): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE session SET last_seen_at = clock_timestamp()
     WHERE id = ${id} AND last_seen_at < clock_timestamp() - interval '1 minute'`);
}

/** More than a password stands behind a session from now on. */
export async function markSecondFactor(db: Db, id: string): Promise<void> {
  await db.prisma.session.updateMany({ where: { id }, data: { hasSecondFactor: true } });
}
