import type { Db } from "../client.ts";
import { prepared } from "../rows/query.ts";
import { row } from "../rows/shape.ts";
import { text, uuid } from "../rows/types.ts";

const columnRow = row({ id: uuid, url: text });

/** The columns of a course with scores of which nothing is known since the person returned. */
export async function columnsToRecheck(
  db: Db,
  courseId: string,
): Promise<{ id: string; url: string }[]> {
  return db.rows(columnRow, { ...TO_RECHECK, values: [courseId] });
}

const TO_RECHECK = prepared(`
  SELECT li.id, li.url FROM line_item li
   WHERE li.course_id = $1 AND EXISTS (
     SELECT 1 FROM score s WHERE s.line_item_id = li.id AND s.needs_proof AND s.state = 'sent')
   ORDER BY li.created_at, li.id`);

/** Wants scores again that the platform no longer has; the others are known again. */
export async function requeueReturned(
  db: Db,
  lineItemId: string,
  { missing, stepMs }: { missing: readonly string[]; stepMs: number },
): Promise<void> {
  await db.execute(
    `WITH due AS (
       SELECT id FROM score WHERE line_item_id = $1 AND needs_proof AND state = 'sent'
        ORDER BY user_id FOR NO KEY UPDATE)
     UPDATE score s SET needs_proof = false,
            state = CASE WHEN s.id = ANY ($2::uuid[]) THEN 'pending' ELSE s.state END,
            run_id = CASE WHEN s.id = ANY ($2::uuid[]) THEN NULL ELSE s.run_id END,
            sent_score_given = CASE WHEN s.id = ANY ($2::uuid[]) THEN NULL ELSE s.sent_score_given END,
            attempts = 0, updated_at = now(),
            timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                 s.timestamp + make_interval(secs => $3::float8 / 1000))
       FROM due WHERE s.id = due.id`,
    [lineItemId, [...missing], stepMs],
  );
}
