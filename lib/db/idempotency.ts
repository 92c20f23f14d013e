import type { Tx } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

export type StoredAnswer = { requestHash: string; response: Prisma.JsonValue };

/**
 * The answer stored under a key, or null. Holds the key until the transaction ends, so that
 * of two requests with one key the second waits for the first one's answer.
 */
export async function claimIdempotencyKey(
  tx: Tx,
  { actor, key }: { actor: string; key: string },
): Promise<StoredAnswer | null> {
  const name = `idempotency:${actor}:${key}`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
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

export async function deleteAnswersBefore(tx: Tx, time: Date): Promise<number> {
  return (await tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: time } } })).count;
}
