import type { Db } from "../client.ts";

/** The position that the run's next batch gets; 0 is the first. */
export async function nextBatchPosition(db: Db, runId: string): Promise<number> {
  const { rows } = await db.query<{ position: number }>(
    "SELECT coalesce(max(position) + 1, 0) AS position FROM run_batch WHERE run_id = $1",
    [runId],
  );
  return rows[0]!.position;
}

/** Closes the batches a killed worker left open. */
export async function closeAbandonedBatches(db: Db, runId: string): Promise<void> {
  await db.query(
    `UPDATE run_batch SET state = 'failed', finished_at = now()
      WHERE run_id = $1 AND state = 'running'`,
    [runId],
  );
}
