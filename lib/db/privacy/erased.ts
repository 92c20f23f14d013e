import { createHash, randomBytes } from "node:crypto";
import type { Db } from "../client.ts";
import type { ErasedPerson, Prisma } from "../generated/client.ts";
import type { Touched } from "./erase.ts";
import type { PersonKey } from "./holdings.ts";

const SALT_BYTES = 16;

/** Remembers that somebody was erased, by hash alone. */
export async function rememberErased(
  tx: Db,
  { registrationId, userId }: PersonKey,
  facts: { pseudonym: string; touched: Touched; by: string },
): Promise<ErasedPerson> {
  const salt = randomBytes(SALT_BYTES);
  const userHash = createHash("sha256").update(salt).update(userId, "utf8").digest();
  const { pseudonym, by: erasedBy, touched } = facts;
  const report: Prisma.InputJsonObject = touched;
  const data = { registrationId, salt, userHash, pseudonym, report, erasedBy };
  return tx.prisma.erasedPerson.create({ data });
}

export function listErased(db: Db, limit: number): Promise<ErasedPerson[]> {
  return db.prisma.erasedPerson.findMany({ orderBy: { erasedAt: "desc" }, take: limit });
}

/**
 * Notes which of the erased a roster lists again, of rosters that were read since the last look.
 * Returns how many were found.
 */
export function noteListedAgain(db: Db): Promise<number> {
  return db.execute(`
    WITH due AS (
      SELECT e.id, e.registration_id, e.salt, e.user_hash, e.erased_at FROM erased_person e
       WHERE e.listed_again_at IS NULL AND EXISTS
         (SELECT FROM course c JOIN run_course rc ON rc.course_id = c.id
           WHERE c.registration_id = e.registration_id AND rc.finished_at >= e.looked_at)
    ), found AS (
      SELECT due.id FROM due WHERE EXISTS
        (SELECT FROM course c JOIN membership m ON m.course_id = c.id
          WHERE c.registration_id = due.registration_id AND m.removed_at IS NULL
            AND m.changed_at >= due.erased_at
            AND sha256(due.salt || convert_to(m.user_id, 'UTF8')) = due.user_hash)
    ), looked AS (
      UPDATE erased_person e SET looked_at = now(),
             listed_again_at = CASE WHEN f.id IS NULL THEN NULL ELSE now() END
        FROM due LEFT JOIN found f ON f.id = due.id WHERE e.id = due.id
      RETURNING e.listed_again_at
    )
    SELECT FROM looked WHERE listed_again_at IS NOT NULL`);
}
