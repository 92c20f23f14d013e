import type { Prisma, SigningKey } from "./generated/client.ts";
import type { Db } from "./client.ts";

export type PublicJwk = Record<string, unknown>;

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
  make: () => Promise<{ kid: string; publicJwk: PublicJwk; sealedPrivateJwk: string }>,
): Promise<void> {
  await db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('first signing key', 0))`;
      if ((await tx.signingKey.count()) > 0) return;
      const key = await make();
      await tx.signingKey.create({
        data: {
          kid: key.kid,
          publicJwk: key.publicJwk as Prisma.InputJsonObject,
          sealedPrivateJwk: key.sealedPrivateJwk,
          activatedAt: new Date(),
        },
      });
    },
    { timeout: 60_000 },
  );
}
