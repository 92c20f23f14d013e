import type { Prisma, SigningKey } from "../generated/client.ts";
import { transaction, type Db } from "../client.ts";
import { lock } from "../locks/locks.ts";

export type PublicJwk = Record<string, unknown>;

export type NewSigningKey = { kid: string; publicJwk: PublicJwk; sealedPrivateJwk: string };

/** The key that signs now: the one activated last. */
export async function activeSigningKey(db: Db): Promise<SigningKey | null> {
  return db.prisma.signingKey.findFirst({
    where: { activatedAt: { not: null }, retiredAt: null },
    orderBy: { activatedAt: "desc" },
  });
}

/** The public keys a platform may still need, newest first. */
export async function publishedJwks(db: Db): Promise<PublicJwk[]> {
  const keys = await db.prisma.signingKey.findMany({
    where: { retiredAt: null },
    orderBy: { createdAt: "desc" },
    select: { publicJwk: true },
  });
  return keys.map((key) => key.publicJwk as PublicJwk);
}

/** Stores the first key of an installation; of several processes that start at once, one wins. */
export async function insertFirstSigningKey(
  db: Db,
  make: () => Promise<NewSigningKey>,
): Promise<void> {
  await transaction(db, async (tx) => {
    await lock(tx, "first signing key");
    if ((await tx.prisma.signingKey.count()) > 0) return;
    await insertSigningKey(tx, await make(), new Date());
  });
}

/** A key without `activatedAt` is published and signs nothing yet. */
export async function insertSigningKey(
  db: Db,
  { kid, publicJwk, sealedPrivateJwk }: NewSigningKey,
  activatedAt: Date | null,
): Promise<void> {
  const key = { kid, publicJwk: publicJwk as Prisma.InputJsonObject, sealedPrivateJwk };
  await db.prisma.signingKey.create({ data: { ...key, activatedAt } });
}

/** Newest first, the retired ones too: their kids are never used again. */
export async function listSigningKeys(db: Db): Promise<SigningKey[]> {
  return db.prisma.signingKey.findMany({ orderBy: { createdAt: "desc" }, take: 200 });
}

/** Those who change keys wait for each other. */
export async function lockSigningKeys(db: Db): Promise<SigningKey[]> {
  await lock(db, "signing keys");
  return listSigningKeys(db);
}

export async function activateSigningKey(db: Db, kid: string, activatedAt: Date): Promise<void> {
  await db.prisma.signingKey.update({ where: { kid }, data: { activatedAt } });
}

export async function retireSigningKeys(db: Db, kids: string[], retiredAt: Date): Promise<void> {
  await db.prisma.signingKey.updateMany({ where: { kid: { in: kids } }, data: { retiredAt } });
}

/** Gives every sealed private key to `reseal` and stores what comes back. */
export async function resealSigningKeys(
  db: Db,
  reseal: (sealed: string) => string | undefined,
): Promise<number> {
  const keys = await db.prisma.signingKey.findMany({
    select: { kid: true, sealedPrivateJwk: true },
  });
  const changed = keys.flatMap(({ kid, sealedPrivateJwk }) => {
    const resealed = reseal(sealedPrivateJwk);
    return resealed === undefined ? [] : [{ kid, sealedPrivateJwk: resealed }];
  });
  for (const { kid, sealedPrivateJwk } of changed) {
    await db.prisma.signingKey.update({ where: { kid }, data: { sealedPrivateJwk } });
  }
  return changed.length;
}
