import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { lock } from "../locks/locks.ts";

/** `response` is null while the first request under the key is under way. */
export type StoredAnswer = {
  requestHash: string;
  response: Prisma.JsonValue;
  status: number | null;
  location: string | null;
  createdAt: Date;
};

export type KeyOfCaller = { actor: string; key: string };

/**
 * What is stored under a key since then, or null; older ones are forgotten. Holds the key until
 * the transaction ends, so that of two requests with one key the second waits for the first.
 */
export async function claimIdempotencyKey(
  db: Db,
  { actor, key, since }: KeyOfCaller & { since: Date },
): Promise<StoredAnswer | null> {
  const name = `idempotency:${actor}:${key}`;
  await lock(db, name);
  await db.prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: since } } });
  return db.prisma.idempotencyKey.findUnique({
    where: { actor_key: { actor, key } },
    select: { requestHash: true, response: true, status: true, location: true, createdAt: true },
  });
}

/** Notes that a request is under way whose answer comes later. */
export async function beginAnswer(
  db: Db,
  { actor, key, requestHash, at }: KeyOfCaller & { requestHash: string; at: Date },
): Promise<void> {
  await db.prisma.idempotencyKey.upsert({
    where: { actor_key: { actor, key } },
    create: { actor, key, requestHash, createdAt: at },
    update: { createdAt: at },
  });
}

export async function storeAnswer(
  db: Db,
  answer: KeyOfCaller & {
    requestHash: string;
    response: Prisma.InputJsonValue | null;
    status: number;
    location?: string;
  },
): Promise<void> {
  const { actor, key, requestHash, status, location = null } = answer;
  const response = answer.response ?? Prisma.JsonNull;
  await db.prisma.idempotencyKey.upsert({
    where: { actor_key: { actor, key } },
    create: { actor, key, requestHash, response, status, location },
    update: { response, status, location },
  });
}

/** A request that failed may be sent again under its key. */
export async function forgetAnswer(db: Db, { actor, key }: KeyOfCaller): Promise<void> {
  await db.prisma.idempotencyKey.deleteMany({ where: { actor, key, status: null } });
}
