import type { Db } from "../client.ts";
import { type Launch, type Registration, Prisma } from "../generated/client.ts";

/** Those of an issuer, with a client ID where one is given; archived ones are not for launches. */
export async function registrationsOfIssuer(
  db: Db,
  issuer: string,
  clientId?: string,
): Promise<Registration[]> {
  // PostgreSQL keeps no text with a NUL in it, so that no registration has one.
  if (`${issuer}${clientId ?? ""}`.includes("\u0000")) return [];
  return db.prisma.registration.findMany({
    where: { issuer, ...(clientId !== undefined && { clientId }), archivedAt: null },
    orderBy: { createdAt: "asc" },
    take: 20,
  });
}

export async function registrationById(db: Db, id: string): Promise<Registration | null> {
  return db.prisma.registration.findUnique({ where: { id } });
}

/** Notes that a state was used; false where it was before: of two at once one gets true. */
export async function noteUsedState(
  db: Db,
  launch: Pick<Launch, "stateHash" | "registrationId" | "expiresAt" | "usedAt">,
): Promise<boolean> {
  const { count } = await db.prisma.launch.createMany({ data: [launch], skipDuplicates: true });
  return count === 1;
}

/** Used states whose replay nobody would try any more. */
export async function deleteOldLaunches(db: Db, before: Date): Promise<void> {
  await db.execute(Prisma.sql`
    DELETE FROM launch WHERE state_hash IN (
      SELECT state_hash FROM launch WHERE expires_at < ${before} ORDER BY expires_at LIMIT 100)`);
}
