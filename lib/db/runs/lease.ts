import { transaction, type Db } from "../client.ts";
import { Prisma, type Run } from "../generated/client.ts";
import { NOT_PAUSED, PAUSE_LOCK } from "../system/pauses.ts";
import { moveRuns } from "./moves/move.ts";
import type { Lease } from "./runs.ts";

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
  const claimed = await transaction(db, async (tx) => {
    await tx.execute("SELECT pg_advisory_xact_lock_shared($1)", [PAUSE_LOCK]);
    const which = Prisma.sql`run.id = ${runId}::uuid AND (run.state = 'running' OR ${NOT_PAUSED})`;
    const [moved] = await moveRuns(tx, "claim", which, "running", { leaseMs: LEASE_MS });
    return moved;
  });
  if (!claimed) return null;
  const run = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  return { ...run, runId, formerMs: claimed.formerMs };
}

/** Prolongs a lease; false when another worker holds the run, or nobody does. */
export async function confirmLease(db: Db, { runId, lease }: Lease): Promise<boolean> {
  const count = await db.execute(
    `UPDATE run SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE id = $1 AND lease = $2 AND state = 'running'`,
    [runId, lease, LEASE_MS],
  );
  return count === 1;
}
