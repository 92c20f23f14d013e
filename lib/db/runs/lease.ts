import { notify } from "../changes.ts";
import { transaction, type Db } from "../client.ts";
import type { Run } from "../generated/client.ts";
import { NOT_PAUSED, PAUSE_LOCK } from "../system/pauses.ts";
import { changeOf, type Lease } from "./runs.ts";

/** So long may a worker send after the database last said that the run is its own. */
export const LEASE_MS = 9_000;

/** A run that was taken, and for how long whoever had it may still be sending. */
export type ClaimedRun = Run & Lease & { formerMs: number };

/**
 * Takes a queued run that no pause holds, or one whose worker is gone; null when there is nothing
 * left to do. The lock is that of `pauseRuns`: a pause finds the run claimed and asks it to stop,
 * or the claim finds the pause.
 */
export async function claimRun(db: Db, runId: string): Promise<ClaimedRun | null> {
  const formerMs = await transaction(db, async (tx) => {
    await tx.prisma.$executeRaw`SELECT pg_advisory_xact_lock_shared(${PAUSE_LOCK})`;
    const [claimed] = await tx.prisma.$queryRaw<{ formerMs: number }[]>`
      WITH former AS (
        SELECT id, state, lease_until FROM run WHERE id = ${runId}::uuid FOR NO KEY UPDATE)
      UPDATE run SET state = 'running', lease = lease + 1, attempt = attempt + 1,
             started_at = coalesce(started_at, now()), not_before = NULL, wait_reason = NULL,
             lease_until = clock_timestamp() + ${LEASE_MS}::float8 * interval '1 millisecond'
        FROM former WHERE run.id = former.id
         AND (run.state = 'running' OR run.state = 'queued' AND ${NOT_PAUSED})
      RETURNING CASE WHEN former.state = 'running' AND former.lease_until > clock_timestamp()
                     THEN extract(epoch FROM former.lease_until - clock_timestamp())::float8 * 1000
                     ELSE 0 END AS "formerMs"`;
    return claimed?.formerMs;
  });
  if (formerMs === undefined) return null;
  const run = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  await notify(db, changeOf(run));
  return { ...run, runId, formerMs };
}

/** Prolongs a lease; false when another worker holds the run, or nobody does. */
export async function confirmLease(db: Db, { runId, lease }: Lease): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE run SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE id = $1 AND lease = $2 AND state = 'running'`,
    [runId, lease, LEASE_MS],
  );
  return rowCount === 1;
}
