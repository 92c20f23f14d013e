import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";

const KEYS = { sis_id: "lis_person_sourcedid", email: "lower(email)" };

const knownRow = row({ knownAs: text, userId: text });

/** Whom the roster lists now under these SIS IDs or e-mails; e-mails in lower case. */
export async function membersKnownAs(
  db: Db,
  courseId: string,
  { idType, ids }: { idType: keyof typeof KEYS; ids: readonly string[] },
): Promise<{ knownAs: string; userId: string }[]> {
  const key = KEYS[idType];
  const rows = await db.rows(
    knownRow,
    `SELECT ${key} AS "knownAs", user_id AS "userId" FROM membership
      WHERE course_id = $1::uuid AND removed_at IS NULL AND ${key} = ANY ($2::text[])`,
    [courseId, ids],
  );
  return rows;
}
