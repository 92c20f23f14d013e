import type { Db } from "../client.ts";
import type { ServiceOrigin } from "../generated/client.ts";

export type OriginDecision = Pick<ServiceOrigin, "state" | "decidedBy" | "decidedAt">;

/** As an address names one; more than this of one registration are not kept, and not called. */
const MOST_ORIGINS = 200;

/** Origins that are new, under one decision; those that are known stay as they are. */
export async function insertServiceOrigins(
  db: Db,
  registrationId: string,
  origins: readonly string[],
  fields: OriginDecision & Pick<ServiceOrigin, "source">,
): Promise<string[]> {
  if (origins.length === 0) return [];
  const kept = await db.prisma.serviceOrigin.count({ where: { registrationId } });
  const inserted = await db.prisma.serviceOrigin.createManyAndReturn({
    data: origins
      .slice(0, Math.max(0, MOST_ORIGINS - kept))
      .map((origin) => ({ registrationId, origin, ...fields })),
    skipDuplicates: true,
    select: { origin: true },
  });
  return inserted.map(({ origin }) => origin);
}

/** Decides those of the origins that wait; returns which. */
export async function decideWaitingOrigins(
  db: Db,
  registrationId: string,
  origins: readonly string[],
  decision: OriginDecision,
): Promise<string[]> {
  const decided = await db.prisma.serviceOrigin.updateManyAndReturn({
    where: { registrationId, origin: { in: [...origins] }, state: "pending" },
    data: decision,
    select: { origin: true },
  });
  return decided.map(({ origin }) => origin);
}

/** What was decided about each origin of a registration. */
export async function originStates(
  db: Db,
  registrationId: string,
): Promise<Map<string, ServiceOrigin["state"]>> {
  const rows = await db.prisma.serviceOrigin.findMany({
    where: { registrationId },
    select: { origin: true, state: true },
  });
  return new Map(rows.map(({ origin, state }) => [origin, state]));
}

export async function findServiceOrigin(db: Db, id: string): Promise<ServiceOrigin | null> {
  return db.prisma.serviceOrigin.findUnique({ where: { id } });
}

export async function decideServiceOrigin(
  db: Db,
  id: string,
  decision: OriginDecision,
): Promise<void> {
  await db.prisma.serviceOrigin.update({ where: { id }, data: decision });
}

export async function deleteServiceOrigin(db: Db, id: string): Promise<void> {
  await db.prisma.serviceOrigin.delete({ where: { id } });
}
