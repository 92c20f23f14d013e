import { transaction, type Db } from "#lib/db/client.ts";
import { idRow } from "#lib/db/rows/shape.ts";
import {
  BULK_QUEUE,
  HEARTBEAT_REFRESH_SECONDS,
  jobsOf,
  UNFINISHED_JOB,
  type QueueParts,
} from "./queues.ts";

/** Works an operation until it is finished, or until `signal` asks to hand it back. */
export type PerformBulk = (
  operationId: string,
  signal: AbortSignal,
) => Promise<{ again: Date } | undefined>;
type BulkJob = { operationId: string };

export async function sendBulk(
  { boss }: QueueParts,
  tx: Db,
  operationId: string,
  startAfter?: Date,
): Promise<void> {
  await boss.send(BULK_QUEUE, { operationId } satisfies BulkJob, {
    singletonKey: operationId,
    ...(startAfter && { startAfter }),
    db: jobsOf(tx),
  });
}

export async function workBulk(parts: QueueParts, perform: PerformBulk): Promise<void> {
  const { boss, db } = parts;
  const options = {
    heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
    pollingIntervalSeconds: 2,
    notifyPollingIntervalSeconds: 2,
  };
  await boss.work<BulkJob>(BULK_QUEUE, options, async ([job]) => {
    if (!job) return;
    const { operationId } = job.data;
    const next = await perform(operationId, job.signal);
    if (!next) return;
    await transaction(db, async (tx) => {
      await boss.complete(BULK_QUEUE, job, null, { db: jobsOf(tx) });
      await sendBulk(parts, tx, operationId, next.again);
    });
  });
}

/** Queues bulk operations under way that have no job; how many those were. */
export async function reconcileBulk(parts: QueueParts): Promise<number> {
  const operations = await parts.db.rows(
    idRow,
    `SELECT id FROM bulk_operation
      WHERE state = 'running' AND created_at < now() - interval '10 seconds'
        AND NOT EXISTS (${UNFINISHED_JOB} = bulk_operation.id::text)
      ORDER BY created_at LIMIT 100`,
    [BULK_QUEUE],
  );
  for (const { id } of operations) await transaction(parts.db, (tx) => sendBulk(parts, tx, id));
  return operations.length;
}
