import type { Db } from "../client.ts";

const KEYS = { sis_id: "lis_person_sourcedid", email: "lower(email)" };

/** Whom the roster lists now under these SIS IDs or e-mails; e-mails in lower case. */
export async function membersKnownAs(
  db: Db,
  courseId: string,
  { idType, ids }: { idType: keyof typeof KEYS; ids: readonly string[] },
): Promise<{ knownAs: string; userId: string }[]> {
  const key = KEYS[idType];
  const { rows } = await db.query<{ knownAs: string; userId: string }>(
    `SELECT ${key} AS "knownAs", user_id AS "userId" FROM membership
      WHERE course_id = $1::uuid AND removed_at IS NULL AND ${key} = ANY ($2::text[])`,
    [courseId, ids],
  );
  return rows;
}
