import type { Tx } from "../client.ts";

export type NewOperator = { id: string; name: string; email: string; passwordHash: string };

export async function countOperators(tx: Tx): Promise<number> {
  return tx.user.count();
}

/** Lets one caller at a time look for operators and add the first, until the transaction ends. */
export async function lockOperators(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('operators', 0))`;
}

export async function hasOperatorWithEmail(tx: Tx, email: string): Promise<boolean> {
  return (await tx.user.count({ where: { email } })) > 0;
}

/** In the shape in which the sign-in library stores people who sign in with a password. */
export async function insertOperator(tx: Tx, operator: NewOperator): Promise<void> {
  const { id, name, email, passwordHash } = operator;
  await tx.user.create({
    data: {
      id,
      name,
      email,
      emailVerified: true,
      accounts: {
        create: {
          id: crypto.randomUUID(),
          accountId: id,
          providerId: "credential",
          password: passwordHash,
        },
      },
    },
  });
}

export type OperatorRow = {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date | null;
};

/** By name; `lastSeenAt` is when the latest of an operator's sessions was last renewed. */
export async function listOperators(tx: Tx): Promise<OperatorRow[]> {
  const users = await tx.user.findMany({
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: { sessions: { orderBy: { updatedAt: "desc" }, take: 1 } },
  });
  return users.map(({ id, name, email, createdAt, sessions: [latest] }) => {
    return { id, name, email, createdAt, lastSeenAt: latest?.updatedAt ?? null };
  });
}

/** Sessions and password go with it. */
export async function deleteOperator(tx: Tx, id: string): Promise<void> {
  await tx.user.delete({ where: { id } });
}
