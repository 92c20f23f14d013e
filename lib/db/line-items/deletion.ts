import type { Db } from "../client.ts";

/** Marks a line item as deleted from here, in the name of `by`; its scores and history stay. */
export async function markDeleted(db: Db, lineItemId: string, by: string): Promise<void> {
  await db.execute("UPDATE line_item SET gone_at = now(), deleted_by = $2 WHERE id = $1::uuid", [
    lineItemId,
    by,
  ]);
}

/**
 * Refuses the scores of a line item that wait to be sent, or for a decision, and returns how many
 * those were. What a run is sending stays with that run, and is refused by the platform.
 */
export async function refuseWaiting(
  db: Db,
  lineItemId: string,
  cause: { code: string; message: string },
): Promise<number> {
  return db.execute(
    `WITH waiting AS (
       SELECT id FROM score WHERE line_item_id = $1::uuid AND state IN ('pending', 'conflict')
        ORDER BY user_id FOR NO KEY UPDATE)
     UPDATE score s SET state = 'rejected', error_code = $2, error_message = $3,
            http_status = NULL, run_id = NULL, revision = s.revision + 1, updated_at = now()
       FROM waiting WHERE s.id = waiting.id`,
    [lineItemId, cause.code, cause.message],
  );
}

/** A course whose verified columns are all deleted is as one that was never verified. */
export async function renewProvedAt(db: Db, courseId: string): Promise<void> {
  await db.execute(
    `UPDATE course SET proved_at = (
        SELECT max(verified_at) FROM line_item WHERE course_id = $1::uuid AND deleted_by IS NULL)
      WHERE id = $1::uuid`,
    [courseId],
  );
}
