import type { Db } from "../client.ts";

const VALUES = "sign_in.single_sign_on";
const PROVEN = "sign_in.single_sign_on.proven";
const SUSPENDED = "sign_in.single_sign_on.suspended";
const PROVIDER = "oidc";

/** What is kept of single sign-on: values as their schema has them, the secret sealed. */
export type KeptSingleSignOn = Record<string, unknown> & { sealedSecret?: string };

export async function keptSingleSignOn(db: Db): Promise<KeptSingleSignOn | null> {
  return (await setting(db, VALUES)) as KeptSingleSignOn | null;
}

export async function keepSingleSignOn(db: Db, values: KeptSingleSignOn): Promise<void> {
  await keep(db, VALUES, values);
}

/** The provider by which an admin has signed in; the last one. */
export async function provenProvider(db: Db): Promise<string | null> {
  return (await setting(db, PROVEN)) as string | null;
}

export async function keepProvenProvider(db: Db, provider: string): Promise<void> {
  await keep(db, PROVEN, provider);
}

/** Until when passwords open sessions although only single sign-on should. */
export async function passwordsUntil(db: Db): Promise<Date | null> {
  const until = await setting(db, SUSPENDED);
  return typeof until === "string" ? new Date(until) : null;
}

export async function allowPasswordsUntil(db: Db, until: Date): Promise<void> {
  await keep(db, SUSPENDED, until.toISOString());
}

async function setting(db: Db, key: string): Promise<unknown> {
  return (await db.prisma.setting.findUnique({ where: { key } }))?.value ?? null;
}

async function keep(db: Db, key: string, value: object | string): Promise<void> {
  await db.prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

/** Whose provider account it is; null where nobody has signed in with it. */
export async function operatorOfSubject(db: Db, subject: string): Promise<string | null> {
  const account = await db.prisma.account.findFirst({
    where: { providerId: PROVIDER, accountId: subject },
    select: { userId: true },
  });
  return account?.userId ?? null;
}

/** Takes an operator's account at a provider; one at a time. */
export async function linkSubject(
  db: Db,
  { subject, userId }: { subject: string; userId: string },
): Promise<void> {
  const id = crypto.randomUUID();
  await db.prisma.account.create({
    data: { id, providerId: PROVIDER, accountId: subject, userId },
  });
}

/** Whether an operator has another account at an issuer; `issuer` is what its subjects begin with. */
export async function hasSubjectAt(db: Db, userId: string, issuer: string): Promise<boolean> {
  const where = { userId, providerId: PROVIDER, accountId: { startsWith: issuer } };
  return (await db.prisma.account.count({ where })) > 0;
}

/** Notes a sign-in as used; false where it was before. Those that are over go. */
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
