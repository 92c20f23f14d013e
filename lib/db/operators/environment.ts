import type { Db } from "../client.ts";

const PREFIX = "environment.operator.";

/**
 * Notes that the environment's operator with this mark was dealt with; false when that was before.
 * A mark is a hash: the setting outlives the person's account.
 */
export async function noteEnvironmentOperator(db: Db, mark: string): Promise<boolean> {
  const { count } = await db.prisma.setting.createMany({
    data: [{ key: `${PREFIX}${mark}`, value: true }],
    skipDuplicates: true,
  });
  return count === 1;
}
