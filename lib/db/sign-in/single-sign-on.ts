import type { Db } from "../client.ts";
import { readSetting, saveSetting } from "../system/settings.ts";

const VALUES = "sign_in.single_sign_on";
const PROVEN = "sign_in.single_sign_on.proven";
const SUSPENDED = "sign_in.single_sign_on.suspended";
/** As accounts name it. */
export const SINGLE_SIGN_ON_PROVIDER = "oidc";

/** What is kept of single sign-on: values as their schema has them, the secret sealed. */
export type KeptSingleSignOn = Record<string, unknown> & { sealedSecret?: string };

export async function keptSingleSignOn(db: Db): Promise<KeptSingleSignOn | null> {
  return (await readSetting(db, VALUES)) as KeptSingleSignOn | null;
}

export async function keepSingleSignOn(db: Db, values: KeptSingleSignOn): Promise<void> {
  await saveSetting(db, VALUES, values);
}

/** The provider by which an admin has signed in; the last one. */
export async function provenProvider(db: Db): Promise<string | null> {
  return (await readSetting(db, PROVEN)) as string | null;
}

export async function keepProvenProvider(db: Db, provider: string): Promise<void> {
  await saveSetting(db, PROVEN, provider);
}

/** Until when passwords open sessions although only single sign-on should. */
export async function passwordsUntil(db: Db): Promise<Date | null> {
  const until = await readSetting(db, SUSPENDED);
  return typeof until === "string" ? new Date(until) : null;
}

export async function allowPasswordsUntil(db: Db, until: Date): Promise<void> {
  await saveSetting(db, SUSPENDED, until.toISOString());
}

/** Whose provider account it is; null where nobody has signed in with it. */
export async function operatorOfSubject(db: Db, subject: string): Promise<string | null> {
  const account = await db.prisma.account.findFirst({
    where: { providerId: SINGLE_SIGN_ON_PROVIDER, accountId: subject },
    select: { userId: true },
  });
  return account?.userId ?? null;
}

/** Lets an operator sign in with this account of the provider from now on. */
export async function linkSubject(
  db: Db,
  { subject, userId }: { subject: string; userId: string },
): Promise<void> {
  const id = crypto.randomUUID();
  await db.prisma.account.create({
    data: { id, providerId: SINGLE_SIGN_ON_PROVIDER, accountId: subject, userId },
  });
}

/** Whether an operator has another account at an issuer; `issuer` is what its subjects begin with. */
export async function hasSubjectAt(db: Db, userId: string, issuer: string): Promise<boolean> {
  const where = { userId, providerId: SINGLE_SIGN_ON_PROVIDER, accountId: { startsWith: issuer } };
  return (await db.prisma.account.count({ where })) > 0;
}

/** Notes a sign-in as used; false where it was used before. Expired ones are deleted. */
export async function takeSignInState(
  db: Db,
  { hash, now, expiresAt }: { hash: string; now: Date; expiresAt: Date },
): Promise<boolean> {
  await db.prisma.usedSignInState.deleteMany({ where: { expiresAt: { lt: now } } });
  const { count } = await db.prisma.usedSignInState.createMany({
    data: [{ hash, expiresAt }],
    skipDuplicates: true,
  });
  return count === 1;
}
