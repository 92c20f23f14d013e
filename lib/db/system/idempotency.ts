import type { Tx } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

export type StoredAnswer = { requestHash: string; response: Prisma.JsonValue };

/**
 * The answer stored under a key since then, or null; older ones are forgotten. Holds the key until the transaction ends, so that
 * of two requests with one key the second waits for the first one's answer.
 */
export async function claimIdempotencyKey(
  tx: Tx,
  { actor, key, since }: { actor: string; key: string; since: Date },
): Promise<StoredAnswer | null> {
  const name = `idempotency:${actor}:${key}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  await tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: since } } });
  return tx.idempotencyKey.findUnique({
    where: { actor_key: { actor, key } },
    select: { requestHash: true, response: true },
  });
}

export async function storeAnswer(
  tx: Tx,
  answer: { actor: string; key: string; requestHash: string; response: Prisma.InputJsonObject },
): Promise<void> {
  await tx.idempotencyKey.create({ data: answer });
}
