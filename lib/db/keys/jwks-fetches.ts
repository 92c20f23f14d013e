import type { Db } from "../client.ts";
import { type JwksFetch, Prisma } from "../generated/client.ts";

const MOST_KEPT = 200;

/** Counts a fetch of our key set, and who it was. */
export async function recordJwksFetch(
  db: Db,
  { address, userAgent, kids }: Pick<JwksFetch, "address" | "userAgent" | "kids">,
  now: Date,
): Promise<void> {
  await db.prisma.jwksFetch.upsert({
    where: { address_userAgent: { address, userAgent } },
    create: { address, userAgent, kids, firstAt: now, lastAt: now },
    update: { kids, lastAt: now, fetches: { increment: 1 } },
  });
  // Anyone may fetch under any name; the list must not grow without end.
  await db.execute(Prisma.sql`
    DELETE FROM jwks_fetch WHERE id IN (
      SELECT id FROM jwks_fetch ORDER BY last_at DESC OFFSET ${MOST_KEPT})`);
}

/** The latest first. */
export async function listJwksFetches(db: Db, limit: number): Promise<JwksFetch[]> {
  return db.prisma.jwksFetch.findMany({ orderBy: { lastAt: "desc" }, take: limit });
}
