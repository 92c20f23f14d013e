import type { PasswordOf, Person } from "#lib/auth/sign-in/store.ts";
import type { Db } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

export type NewLink = {
  hash: string;
  userId: string;
  createdBy: string;
  expiresAt: Date;
  /** Its use takes the person's second factor away, too. */
  resetsSecondFactor: boolean;
};

/** The person whom a link is for, and what else its use does. */
export type LinkedOperator = Person & { resetsSecondFactor: boolean };

/** One link for each person: a new one takes the place of those before it. */
export async function replaceLink(db: Db, link: NewLink): Promise<void> {
  await db.prisma.signInLink.deleteMany({ where: { userId: link.userId } });
  await db.prisma.signInLink.create({ data: link });
}

/** Who may use a link; null where it is unknown, used or expired. */
export async function findLinked(db: Db, hash: string, now: Date): Promise<LinkedOperator | null> {
  const link = await db.prisma.signInLink.findUnique({
    where: { hash, expiresAt: { gt: now } },
    select: {
      resetsSecondFactor: true,
      user: { select: { id: true, name: true, email: true } },
    },
  });
  return link && { ...link.user, resetsSecondFactor: link.resetsSecondFactor };
}

/** Uses a link up; of two who do it at once one gets it. */
export async function takeLink(db: Db, hash: string, now: Date): Promise<boolean> {
  const taken = await db.prisma.signInLink.deleteMany({ where: { hash, expiresAt: { gt: now } } });
  return taken.count === 1;
}

/** As the sign-in library names it in accounts. */
export const PASSWORD_PROVIDER = "credential";

/** Somebody with the hash of their password; that is null where there is none. */
export async function findPassword(
  db: Db,
  who: { email: string } | { id: string },
): Promise<PasswordOf | null> {
  const user = await db.prisma.user.findUnique({
    where: who,
    select: {
      id: true,
      name: true,
      email: true,
      accounts: { where: { providerId: PASSWORD_PROVIDER }, select: { password: true } },
    },
  });
  if (!user) return null;
  const { accounts, ...person } = user;
  return { person, hash: accounts[0]?.password ?? null };
}

/** Sets a password, whether there was one or not. It ends the person's sessions and links. */
export async function setPassword(
  db: Db,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<void> {
  const { count } = await db.prisma.account.updateMany({
    where: { userId, providerId: PASSWORD_PROVIDER },
    data: { password: passwordHash },
  });
  if (count === 0) await db.prisma.account.create({ data: passwordAccount(userId, passwordHash) });
  await db.prisma.session.deleteMany({ where: { userId } });
  await db.prisma.signInLink.deleteMany({ where: { userId } });
}

/** In the shape in which the sign-in library stores a password. */
export function passwordAccount(
  userId: string,
  passwordHash: string,
): Prisma.AccountUncheckedCreateInput {
  const id = crypto.randomUUID();
  return { id, accountId: userId, providerId: PASSWORD_PROVIDER, userId, password: passwordHash };
}
