import type { Db } from "../client.ts";
import type { LaunchSession } from "../generated/client.ts";

export async function insertLaunchSession(db: Db, session: Omit<LaunchSession, "createdAt">) {
  await db.prisma.launchSession.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  await db.prisma.launchSession.create({ data: session });
}

export async function findLaunchSession(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<LaunchSession | null> {
  return db.prisma.launchSession.findFirst({ where: { tokenHash, expiresAt: { gt: now } } });
}
