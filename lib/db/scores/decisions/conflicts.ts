import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { laterTimestampSql } from "../timestamp.ts";
import { idRow } from "#lib/db/rows/shape.ts";

/** Of these scores of a course, those that wait for a person to decide, locked. */
export async function lockConflicts(
  db: Db,
  courseId: string,
  scoreIds: readonly string[],
): Promise<string[]> {
  const rows = await db.rows(
    idRow,
    Prisma.sql`
    SELECT s.id FROM score s JOIN line_item li ON li.id = s.line_item_id
     WHERE li.course_id = ${courseId}::uuid AND s.id = ANY (${[...scoreIds]}::uuid[])
       AND s.state = 'conflict' ORDER BY s.id FOR UPDATE OF s`,
  );
  return rows.map(({ id }) => id);
}

/** What the platform was seen to hold, with what it is out of. */
const PLATFORM_VALUE = Prisma.sql`
  sent_score_given = s.platform_score,
  sent_score_maximum = coalesce(s.score_maximum, s.sent_score_maximum, li.score_maximum)`;

/** Leaves the platform's values as they are; from now on they count as the last known ones. */
export async function keepPlatformScores(
  db: Db,
  ids: readonly string[],
  note: string,
): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE score s SET state = 'sent', ${PLATFORM_VALUE}, error_message = ${note},
           updated_at = now()
      FROM line_item li WHERE li.id = s.line_item_id AND s.id = ANY (${[...ids]}::uuid[])`);
}

/** Wants our values in place of what the platform was seen to hold. */
export async function overwritePlatformScores(
  db: Db,
  ids: readonly string[],
  stepMs: number,
): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE score s SET state = 'pending', ${PLATFORM_VALUE}, run_id = NULL, attempts = 0,
           revision = s.revision + 1, http_status = NULL, error_code = NULL,
           error_message = NULL, updated_at = now(),
           timestamp = ${Prisma.raw(laterTimestampSql({ last: "s.timestamp", stepMs: String(stepMs) }))}
      FROM line_item li WHERE li.id = s.line_item_id AND s.id = ANY (${[...ids]}::uuid[])`);
}
