import type { Db } from "../client.ts";

/** What is stored under a key, in the shape in which it was saved; null where nothing is. */
export async function readSetting(db: Db, key: string): Promise<unknown> {
  return (await db.prisma.setting.findUnique({ where: { key } }))?.value ?? null;
}

export async function saveSetting(db: Db, key: string, value: object | string): Promise<void> {
  await db.prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
