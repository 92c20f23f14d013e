import type { Db } from "../client.ts";
import { Prisma, type ApiKey } from "../generated/client.ts";
import { idRow } from "../rows/shape.ts";

export type NewApiKey = Pick<
  ApiKey,
  | "name"
  | "prefix"
  | "hash"
  | "createdBy"
  | "scopes"
  | "registrationIds"
  | "expiresAt"
  | "parentId"
  | "replacesId"
  | "fromEnvironment"
>;

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

export async function findUsableApiKey(db: Db, hash: string, now: Date): Promise<ApiKey | null> {
  return db.prisma.apiKey.findUnique({
    where: { hash, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
}

/** Notes the use, at most once a minute, so that a busy key does not write with each request. */
export async function touchApiKey(
  db: Db,
  key: ApiKey,
  { address, now }: { address: string | null; now: Date },
): Promise<void> {
  const aMinuteAgo = new Date(now.getTime() - 60_000);
  if (key.lastUsedAt && key.lastUsedAt > aMinuteAgo) return;
  await db.prisma.apiKey.updateMany({
    where: { id: key.id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: aMinuteAgo } }] },
    data: { lastUsedAt: now, lastUsedAddress: address },
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

/** Lets one caller at a time change a key, until the transaction ends. */
export async function lockApiKey(db: Db, id: string): Promise<ApiKey | null> {
  await db.execute(Prisma.sql`SELECT 1 FROM api_key WHERE id = ${id}::uuid FOR UPDATE`);
  return findApiKey(db, id);
}

/** Usable keys that an earlier value of the environment named. */
export async function otherEnvironmentKeys(db: Db, id: string): Promise<ApiKey[]> {
  return db.prisma.apiKey.findMany({
    where: { fromEnvironment: true, revokedAt: null, id: { not: id } },
  });
}

/**
 * Revokes a key with every key that it made, and those that they made, and returns those that
 * were not revoked before. Revoking twice keeps the first time.
 */
export async function revokeApiKey(db: Db, id: string, now: Date): Promise<ApiKey[]> {
  const family = await db.rows(
    idRow,
    Prisma.sql`
    WITH RECURSIVE family (id) AS (
      SELECT ${id}::uuid
      UNION
      SELECT child.id FROM api_key child JOIN family ON child.parent_id = family.id)
    SELECT id FROM family`,
  );
  return db.prisma.apiKey.updateManyAndReturn({
    where: { id: { in: family.map((each) => each.id) }, revokedAt: null },
    data: { revokedAt: now },
  });
}

/** What a key made counts as made by the one that takes its place, and the key itself ends then. */
export async function handOver(
  db: Db,
  { fromId, toId, endsAt }: { fromId: string; toId: string; endsAt: Date },
): Promise<void> {
  await db.prisma.apiKey.updateMany({ where: { parentId: fromId }, data: { parentId: toId } });
  await db.prisma.apiKey.update({ where: { id: fromId }, data: { expiresAt: endsAt } });
}
