import type { Db } from "../client.ts";
import { type Launch, type Registration, Prisma } from "../generated/client.ts";

/** Those of an issuer, with a client ID where one is given; archived ones are not for launches. */
export async function registrationsOfIssuer(
  db: Db,
  issuer: string,
  clientId?: string,
): Promise<Registration[]> {
  return db.prisma.registration.findMany({
    where: { issuer, ...(clientId !== undefined && { clientId }), archivedAt: null },
    orderBy: { createdAt: "asc" },
    take: 20,
  });
}

export async function insertLaunch(db: Db, launch: Omit<Launch, "createdAt" | "usedAt">) {
  await db.prisma.launch.create({ data: launch });
}

export type TakenLaunch = Launch & { registration: Registration };

/** Uses a launch up; of two that come with the same state, one gets it. */
export async function takeLaunch(
  db: Db,
  stateHash: string,
  usedAt: Date,
): Promise<{ launch: TakenLaunch | null; isFirst: boolean }> {
  const taken = await db.prisma.launch.updateMany({
    where: { stateHash, usedAt: null },
    data: { usedAt },
  });
  const launch = await db.prisma.launch.findUnique({
    where: { stateHash },
    include: { registration: true },
  });
  return { launch, isFirst: taken.count === 1 };
}

/** Logins that nobody finished, and those whose replay nobody would try any more. */
export async function deleteOldLaunches(db: Db, before: Date): Promise<void> {
  await db.execute(Prisma.sql`
    DELETE FROM launch WHERE state_hash IN (
      SELECT state_hash FROM launch WHERE expires_at < ${before} ORDER BY expires_at LIMIT 100)`);
}

export async function registrationOfLaunch(
  db: Db,
  stateHash: string,
): Promise<Registration | null> {
  const launch = await db.prisma.launch.findUnique({
    where: { stateHash },
    select: { registration: true },
  });
  return launch?.registration ?? null;
}
