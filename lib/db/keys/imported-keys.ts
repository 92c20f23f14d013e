import type { Db } from "../client.ts";
import type { ImportedKey, Prisma } from "../generated/client.ts";
import type { NewSigningKey } from "./signing-keys.ts";

export type { ImportedKey };

/** What the private half of an imported key is sealed for: it opens at no other registration. */
export function importedKeyPurpose(registrationId: string): string {
  return `imported key ${registrationId}`;
}

/** The key that signs for a registration: of those imported for it, the one activated last. */
export async function activeImportedKey(
  db: Db,
  registrationId: string,
): Promise<ImportedKey | null> {
  return db.prisma.importedKey.findFirst({
    where: { registrationId, activatedAt: { not: null } },
    orderBy: [{ activatedAt: "desc" }, { createdAt: "desc" }],
  });
}

/** Newest first. */
export async function listImportedKeys(db: Db, registrationId: string): Promise<ImportedKey[]> {
  const orderBy = [{ createdAt: "desc" }, { id: "desc" }] as const;
  return db.prisma.importedKey.findMany({ where: { registrationId }, orderBy: [...orderBy] });
}

export async function insertImportedKey(
  db: Db,
  { kid, publicJwk, sealedPrivateJwk }: NewSigningKey,
  about: { registrationId: string; importedBy: string; activatedAt: Date | null },
): Promise<ImportedKey> {
  const key = { kid, publicJwk: publicJwk as Prisma.InputJsonObject, sealedPrivateJwk };
  return db.prisma.importedKey.create({ data: { ...key, ...about } });
}

export async function activateImportedKey(db: Db, id: string, activatedAt: Date): Promise<void> {
  await db.prisma.importedKey.update({ where: { id }, data: { activatedAt } });
}

/** The private half goes with it. */
export async function deleteImportedKey(db: Db, id: string): Promise<void> {
  await db.prisma.importedKey.delete({ where: { id } });
}

/** Seals the private halves again; one for which `reseal` has nothing stays as it is. */
export async function resealImportedKeys(
  db: Db,
  reseal: (sealed: string, purpose: string) => string | undefined,
): Promise<number> {
  const keys = await db.prisma.importedKey.findMany({
    select: { id: true, registrationId: true, sealedPrivateJwk: true },
  });
  let count = 0;
  for (const { id, registrationId, sealedPrivateJwk } of keys) {
    const again = reseal(sealedPrivateJwk, importedKeyPurpose(registrationId));
    if (again === undefined) continue;
    await db.prisma.importedKey.update({ where: { id }, data: { sealedPrivateJwk: again } });
    count++;
  }
  return count;
}
