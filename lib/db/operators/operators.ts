import type { Role } from "#lib/auth/rights.ts";
import type { Db } from "../client.ts";
import { lock } from "../locks/locks.ts";
import { PASSWORD_PROVIDER, passwordAccount } from "../sign-in/links.ts";
import { SINGLE_SIGN_ON_PROVIDER } from "../sign-in/single-sign-on.ts";

/** What an operator may do; no registration named: everywhere. */
export type StoredAccess = { role: Role; seesNames: boolean; registrationIds: readonly string[] };

export type NewOperator = StoredAccess & {
  /** A rule of single sign-on let this person in. */
  accessByRule?: boolean;
  id: string;
  name: string;
  email: string;
  /** Null for who is invited and has not chosen one, or signs in elsewhere. */
  passwordHash: string | null;
};

export async function countOperators(db: Db): Promise<number> {
  return db.prisma.user.count();
}

/** Lets one caller at a time look for operators and add the first, until the transaction ends. */
export async function lockOperators(db: Db): Promise<void> {
  await lock(db, "operators");
}

export async function hasOperatorWithEmail(db: Db, email: string): Promise<boolean> {
  return (await db.prisma.user.count({ where: { email } })) > 0;
}

/** In the shape in which the sign-in library stores people. */
export async function insertOperator(db: Db, operator: NewOperator): Promise<void> {
  const { passwordHash, registrationIds, ...user } = operator;
  await db.prisma.user.create({
    data: {
      ...user,
      emailVerified: true,
      registrationIds: [...registrationIds],
    },
  });
  if (passwordHash !== null)
    await db.prisma.account.create({ data: passwordAccount(user.id, passwordHash) });
}

export type OperatorRow = StoredAccess & {
  /** A rule of single sign-on says what this person may do. */
  accessByRule: boolean;
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  /** Until when a link to choose a password is good; null where there is none. */
  linkEndsAt: Date | null;
  /** How this person can sign in. */
  signsInBy: SignInWay[];
  /** What is asked beside a password, or in place of it. */
  secondFactors: SecondFactor[];
};

export type SecondFactor = "app" | "passkey";

export type SignInWay = "password" | "single_sign_on";

const WAYS: Record<string, SignInWay | undefined> = {
  [PASSWORD_PROVIDER]: "password",
  [SINGLE_SIGN_ON_PROVIDER]: "single_sign_on",
};

/** By name; `lastSeenAt` is when the latest of an operator's sessions was last renewed. */
export async function listOperators(db: Db): Promise<OperatorRow[]> {
  const users = await db.prisma.user.findMany({
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: {
      sessions: { orderBy: { updatedAt: "desc" }, take: 1 },
      accounts: { select: { providerId: true } },
      links: { orderBy: { expiresAt: "desc" }, take: 1 },
      totp: { select: { confirmedAt: true } },
      passkeys: { select: { id: true }, take: 1 },
    },
  });
  return users.map(
    ({ sessions: [latest], links: [link], accounts, role, totp, passkeys, ...user }) => ({
      ...user,
      role: role as Role,
      lastSeenAt: latest?.updatedAt ?? null,
      linkEndsAt: link?.expiresAt ?? null,
      secondFactors: [
        ...(totp?.confirmedAt ? (["app"] as const) : []),
        ...(passkeys.length > 0 ? (["passkey"] as const) : []),
      ],
      signsInBy: accounts.flatMap(({ providerId }) => WAYS[providerId] ?? []),
    }),
  );
}

export async function updateOperatorAccess(
  db: Db,
  id: string,
  access: StoredAccess & { accessByRule?: boolean },
): Promise<void> {
  const { role, seesNames, registrationIds, accessByRule = false } = access;
  const data = { role, seesNames, registrationIds: [...registrationIds], accessByRule };
  await db.prisma.user.update({ where: { id }, data });
}

/** Sessions and password go with it. */
export async function deleteOperator(db: Db, id: string): Promise<void> {
  await db.prisma.user.delete({ where: { id } });
}
