import type { Tx } from "../client.ts";

/** Gives every live sealed token to `reseal`: a new seal, `kept`, or null for one that is lost. */
export async function resealTokens(
  tx: Tx,
  now: Date,
  reseal: (sealed: string) => string | "kept" | null,
): Promise<{ resealed: number; dropped: number }> {
  const counts = { resealed: 0, dropped: 0 };
  const tokens = await tx.accessToken.findMany({
    where: { evictedAt: null, expiresAt: { gt: now } },
    select: { id: true, sealedToken: true },
  });
  for (const { id, sealedToken } of tokens) {
    const sealed = reseal(sealedToken);
    if (sealed === "kept") continue;
    const change = sealed
      ? { sealedToken: sealed }
      : { evictedAt: now, evictedReason: "sealed with a secret that is gone" };
    await tx.accessToken.update({ where: { id }, data: change });
    counts[sealed ? "resealed" : "dropped"] += 1;
  }
  return counts;
}
