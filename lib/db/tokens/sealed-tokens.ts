import type { Db } from "../client.ts";

/** Gives every live sealed token to `reseal`: a new seal, `kept`, or null for one that is lost. */
export async function resealTokens(
  db: Db,
  now: Date,
  reseal: (sealed: string) => string | "kept" | null,
): Promise<{ resealed: number; dropped: number }> {
  const counts = { resealed: 0, dropped: 0 };
  const tokens = await db.prisma.accessToken.findMany({
    where: { evictedAt: null, expiresAt: { gt: now } },
    select: { id: true, sealedToken: true },
  });
  for (const { id, sealedToken } of tokens) {
    const sealed = reseal(sealedToken);
    if (sealed === "kept") continue;
    const change = sealed
      ? { sealedToken: sealed }
      : { evictedAt: now, evictedReason: "sealed with a secret that is gone" };
    await db.prisma.accessToken.update({ where: { id }, data: change });
    counts[sealed ? "resealed" : "dropped"] += 1;
  }
  return counts;
}
