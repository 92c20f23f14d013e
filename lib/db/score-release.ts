import type { Db, Tx } from "./client.ts";
import type { Lease } from "./runs.ts";

/**
 * Puts back what a run claimed and will not send: it ended, or was cancelled. Whatever of it
 * did reach the platform needs a later timestamp next time (AGS 2.0 §3.4.9).
 */
export async function releaseScores(db: Db, lease: Lease): Promise<void> {
  await db.pool.query(
    `UPDATE score SET state = 'pending', updated_at = now(),
            timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                 timestamp + interval '1 second')
       FROM run WHERE run.id = $1 AND run.lease = $2 AND run.state = 'running'
        AND score.run_id = run.id AND score.state = 'sending'`,
    [lease.runId, lease.lease],
  );
}

/**
 * The same for a run that ended while no worker held it: an attempt that waited to go on may have
 * left scores claimed, which nobody would settle any more.
 */
export async function releaseScoresOf(tx: Tx, runId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE score SET state = 'pending', updated_at = now(),
           timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                timestamp + interval '1 second')
     WHERE run_id = ${runId}::uuid AND state = 'sending'`;
}
