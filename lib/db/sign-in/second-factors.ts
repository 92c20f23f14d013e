import type { Db } from "../client.ts";

/** An authenticator app of a person. */
export type TotpRow = {
  userId: string;
  sealedSecret: string;
  /** Null until a first code of it was right. */
  confirmedAt: Date | null;
  lastStep: number;
};

/** What stands behind a person's sign-in beside the password. */
export type FactorCounts = { hasTotp: boolean; recoveryCodes: number };

export async function findTotp(db: Db, userId: string): Promise<TotpRow | null> {
  return db.prisma.totp.findUnique({ where: { userId } });
}

/** A new app in place of one that was begun; one that counts already stays. */
export async function beginTotp(
  db: Db,
  { userId, sealedSecret }: { userId: string; sealedSecret: string },
): Promise<void> {
  await db.prisma.totp.deleteMany({ where: { userId, confirmedAt: null } });
  await db.prisma.totp.createMany({ data: [{ userId, sealedSecret }], skipDuplicates: true });
}

/**
 * Notes that the code of a step is used; false where that one, or a later one, was before, or
 * another key has taken the place of this one.
 */
export async function takeStep(
  db: Db,
  { userId, sealedSecret, confirmedAt }: Pick<TotpRow, "userId" | "sealedSecret" | "confirmedAt">,
  { step, now }: { step: number; now: Date },
): Promise<boolean> {
  const { count } = await db.prisma.totp.updateMany({
    where: { userId, sealedSecret, lastStep: { lt: step } },
    data: { lastStep: step, confirmedAt: confirmedAt ?? now },
  });
  return count === 1;
}

export async function replaceRecoveryCodes(
  db: Db,
  userId: string,
  hashes: readonly string[],
): Promise<void> {
  await db.prisma.recoveryCode.deleteMany({ where: { userId } });
  await db.prisma.recoveryCode.createMany({ data: hashes.map((hash) => ({ hash, userId })) });
}

/** Uses a code up; of two who do it at once one gets it. */
export async function takeRecoveryCode(db: Db, userId: string, hash: string): Promise<boolean> {
  const { count } = await db.prisma.recoveryCode.deleteMany({ where: { userId, hash } });
  return count === 1;
}

export async function factorCounts(db: Db, userId: string): Promise<FactorCounts> {
  const [totp, recoveryCodes] = [
    await db.prisma.totp.count({ where: { userId, confirmedAt: { not: null } } }),
    await db.prisma.recoveryCode.count({ where: { userId } }),
  ];
  return { hasTotp: totp > 0, recoveryCodes };
}

/** Takes every second factor of a person away, passkeys too. */
export async function deleteSecondFactors(db: Db, userId: string): Promise<void> {
  await deleteApp(db, userId);
  await db.prisma.passkey.deleteMany({ where: { userId } });
}

/** Takes the app away, and the recovery codes that stand in for it. */
export async function deleteApp(db: Db, userId: string): Promise<void> {
  await db.prisma.totp.deleteMany({ where: { userId } });
  await db.prisma.recoveryCode.deleteMany({ where: { userId } });
}

/** Those that the previous secret of the installation may have sealed. */
export async function sealedTotps(db: Db): Promise<Pick<TotpRow, "userId" | "sealedSecret">[]> {
  return db.prisma.totp.findMany({ select: { userId: true, sealedSecret: true } });
}

export async function resealTotp(db: Db, userId: string, sealedSecret: string): Promise<void> {
  await db.prisma.totp.update({ where: { userId }, data: { sealedSecret } });
}
