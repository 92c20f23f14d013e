import type { Db } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

export type StoredAnswer = { requestHash: string; response: Prisma.JsonValue };

/**
 * The answer stored under a key since then, or null; older ones are forgotten. Holds the key until the transaction ends, so that
 * of two requests with one key the second waits for the first one's answer.
 */
export async function claimIdempotencyKey(
  db: Db,
  { actor, key, since }: { actor: string; key: string; since: Date },
): Promise<StoredAnswer | null> {
  const name = `idempotency:${actor}:${key}`;
  await db.prisma.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
  await db.prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: since } } });
  return db.prisma.idempotencyKey.findUnique({
    where: { actor_key: { actor, key } },
    select: { requestHash: true, response: true },
  });
}

export async function storeAnswer(
  db: Db,
  answer: { actor: string; key: string; requestHash: string; response: Prisma.InputJsonObject },
): Promise<void> {
  await db.prisma.idempotencyKey.create({ data: answer });
}
