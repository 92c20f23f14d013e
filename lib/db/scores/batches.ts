import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { int4 } from "../rows/types.ts";

const positionRow = row({ position: int4 });

/** The position that the run's next batch gets; 0 is the first. */
export async function nextBatchPosition(db: Db, runId: string): Promise<number> {
  const rows = await db.rows(
    positionRow,
    "SELECT coalesce(max(position) + 1, 0) AS position FROM run_batch WHERE run_id = $1",
    [runId],
  );
  return rows[0]!.position;
}

/** Closes the batches a killed worker left open. */
export async function closeAbandonedBatches(db: Db, runId: string): Promise<void> {
  await db.execute(
    `UPDATE run_batch SET state = 'failed', finished_at = now()
      WHERE run_id = $1 AND state = 'running'`,
    [runId],
  );
}
