import type pg from "pg";
import type { Db } from "./client.ts";

/** Opens the next batch of a run and returns its position, from 0. */
export async function openBatch(db: Db, runId: string, size: number): Promise<number> {
  const { rows } = await db.pool.query<{ position: number }>(
    `INSERT INTO run_batch (run_id, position, size)
     SELECT $1, coalesce(max(position) + 1, 0), $2 FROM run_batch WHERE run_id = $1
     RETURNING position`,
    [runId, size],
  );
  return rows[0]!.position;
}

export type BatchCounts = { sent: number; rejected: number; unknown: number };

export async function closeBatch(
  queryable: Pick<pg.ClientBase, "query">,
  runId: string,
  position: number,
  counts: BatchCounts & { state: "succeeded" | "failed" },
): Promise<void> {
  await queryable.query(
    `UPDATE run_batch SET state = $3::part_state, sent = $4, rejected = $5, unknown = $6,
            finished_at = now()
      WHERE run_id = $1 AND position = $2`,
    [runId, position, counts.state, counts.sent, counts.rejected, counts.unknown],
  );
}

/** Closes the batch a killed worker left open. */
export async function closeAbandonedBatches(db: Db, runId: string): Promise<void> {
  await db.pool.query(
    `UPDATE run_batch SET state = 'failed', finished_at = now()
      WHERE run_id = $1 AND state = 'running'`,
    [runId],
  );
}
