import type { NewPasskey, StoredPasskey } from "#lib/auth/passkeys/passkeys.ts";
import type { Db } from "../client.ts";

export type PasskeyRow = StoredPasskey & { createdAt: Date; lastUsedAt: Date | null };
type Found = Awaited<ReturnType<Db["prisma"]["passkey"]["findFirstOrThrow"]>>;

export async function findPasskey(db: Db, credentialId: string): Promise<PasskeyRow | null> {
  const found = await db.prisma.passkey.findUnique({ where: { credentialId } });
  return found && rowOf(found);
}

/** The one that was added last first. */
export async function passkeysOf(db: Db, userId: string): Promise<PasskeyRow[]> {
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  return (await db.prisma.passkey.findMany({ where: { userId }, orderBy })).map(rowOf);
}

export async function hasPasskey(db: Db, userId?: string): Promise<boolean> {
  return (await db.prisma.passkey.findFirst({ where: { userId }, select: { id: true } })) !== null;
}

/** False where it is somebody's already. */
export async function insertPasskey(
  db: Db,
  passkey: NewPasskey & { operatorId: string; name: string },
): Promise<boolean> {
  const { operatorId: userId, counter, ...data } = passkey;
  const { count } = await db.prisma.passkey.createMany({
    data: [{ ...data, userId, counter: BigInt(counter) }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** Notes a use; false where the counter has gone as far, or further, in the meantime. */
export async function notePasskeyUse(db: Db, id: string, counter: number): Promise<boolean> {
  const next = BigInt(counter);
  const { count } = await db.prisma.passkey.updateMany({
    where: { id, counter: next === 0n ? 0n : { lt: next } },
    data: { counter: next, lastUsedAt: new Date() },
  });
  return count === 1;
}

export async function renamePasskey(
  db: Db,
  { id, userId, name }: { id: string; userId: string; name: string },
): Promise<void> {
  await db.prisma.passkey.updateMany({ where: { id, userId }, data: { name } });
}

export async function deletePasskey(
  db: Db,
  { id, userId }: { id: string; userId: string },
): Promise<void> {
  await db.prisma.passkey.deleteMany({ where: { id, userId } });
}

function rowOf({ userId, counter, ...row }: Found): PasskeyRow {
  return { ...row, operatorId: userId, counter: Number(counter) };
}
