import type { Db } from "../client.ts";
import type { ApiKey } from "../generated/client.ts";

export type NewApiKey = Pick<ApiKey, "name" | "prefix" | "hash" | "createdBy">;

export async function insertApiKey(db: Db, key: NewApiKey): Promise<ApiKey> {
  return db.prisma.apiKey.create({ data: key });
}

/** Stores a key unless one with this hash is there, revoked or not. */
export async function insertApiKeyOnce(db: Db, key: NewApiKey): Promise<ApiKey | null> {
  const [created] = await db.prisma.apiKey.createManyAndReturn({
    data: [key],
    skipDuplicates: true,
  });
  return created ?? null;
}

export async function findUsableApiKey(db: Db, hash: string): Promise<ApiKey | null> {
  return db.prisma.apiKey.findUnique({ where: { hash, revokedAt: null } });
}

/** Notes the use, at most once a minute, so that a busy key does not write with each request. */
export async function touchApiKey(db: Db, key: ApiKey, now: Date): Promise<void> {
  const aMinuteAgo = new Date(now.getTime() - 60_000);
  if (key.lastUsedAt && key.lastUsedAt > aMinuteAgo) return;
  await db.prisma.apiKey.updateMany({
    where: { id: key.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: aMinuteAgo } }] },
    data: { lastUsedAt: now },
  });
}

/** Newest first; `before` is the sort key of the last one seen. */
export async function listApiKeys(
  db: Db,
  page: { before?: { createdAt: Date; id: string }; limit: number },
): Promise<{ keys: ApiKey[]; total: number }> {
  const { before, limit } = page;
  const [keys, total] = await Promise.all([
    db.prisma.apiKey.findMany({
      where: before && {
        OR: [
          { createdAt: { lt: before.createdAt } },
          { createdAt: before.createdAt, id: { lt: before.id } },
        ],
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    }),
    db.prisma.apiKey.count(),
  ]);
  return { keys, total };
}

export async function findApiKey(db: Db, id: string): Promise<ApiKey | null> {
  return db.prisma.apiKey.findUnique({ where: { id } });
}

/** Revoking twice keeps the first time. */
export async function revokeApiKey(db: Db, id: string, now: Date): Promise<void> {
  await db.prisma.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
}
