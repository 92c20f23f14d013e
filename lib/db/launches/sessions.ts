import type { Db } from "../client.ts";
import type { LaunchSession } from "../generated/client.ts";

export async function insertLaunchSession(db: Db, session: Omit<LaunchSession, "createdAt">) {
  await db.prisma.launchSession.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  await db.prisma.launchSession.create({ data: session });
}

/** One that goes on: neither its time nor its registration is over. */
export async function findLaunchSession(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<LaunchSession | null> {
  const course = { registration: { archivedAt: null } };
  return db.prisma.launchSession.findFirst({
    where: { tokenHash, expiresAt: { gt: now }, course },
  });
}

export async function deleteLaunchSession(db: Db, tokenHash: string): Promise<void> {
  await db.prisma.launchSession.deleteMany({ where: { tokenHash } });
}

export async function deleteLaunchSessionsOf(db: Db, registrationId: string): Promise<void> {
  await db.prisma.launchSession.deleteMany({ where: { course: { registrationId } } });
}
