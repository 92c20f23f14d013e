import { transaction, type Db } from "../client.ts";
import type { Prisma, Run } from "../generated/client.ts";
import type { RunState } from "../generated/enums.ts";
import { notify } from "../changes.ts";
import { KEEP_RUN } from "../courses/outcomes.ts";
import { LeaseLost } from "../errors.ts";
import { forgetFollowUp } from "./follow-ups.ts";
import { changeOf, lockTarget, type Lease } from "./runs.ts";

export type Settlement = {
  state: RunState;
  errorCode?: string | null;
  errorMessage?: string | null;
  errorDetail?: Prisma.InputJsonValue | null;
  notBefore?: Date | null;
  waitReason?: string | null;
  /** The attempt said nothing about the run, so it does not count. */
  isAttemptFree?: boolean;
};

/** Ends an attempt: the run is finished, or queued again for later. */
export async function settleRun(db: Db, lease: Lease, settlement: Settlement): Promise<void> {
  await writeSettlement(db, lease, settlement);
}

async function writeSettlement(db: Db, lease: Lease, settlement: Settlement): Promise<void> {
  const { rowCount } = await db.query(
    `WITH settled AS (
       UPDATE run SET state = $3::run_state, error_code = $4, error_message = $5,
              error_detail = $6, not_before = $7, wait_reason = $8,
              phase = CASE WHEN $9 THEN 'done' ELSE phase END,
              finished_at = CASE WHEN $9 THEN now() END,
              attempt = CASE WHEN $10 THEN greatest(attempt - 1, 0) ELSE attempt END,
              pause_requested_at = NULL
        WHERE id = $1 AND lease = $2 AND state = 'running' RETURNING run.*
     ), ${KEEP_RUN}
     SELECT FROM settled`,
    [
      lease.runId,
      lease.lease,
      settlement.state,
      settlement.errorCode ?? null,
      settlement.errorMessage ?? null,
      settlement.errorDetail ? JSON.stringify(settlement.errorDetail) : null,
      settlement.notBefore ?? null,
      settlement.waitReason ?? null,
      !["queued", "held", "paused"].includes(settlement.state),
      settlement.isAttemptFree ?? false,
    ],
  );
  if (rowCount === 0) throw new LeaseLost(lease.runId, lease.lease);
  await notify(db, changeOf(lease));
}

/**
 * Ends a run over one course unless `isMoreWanted`, such as a value pushed after it had last
 * looked: then it is queued again. Whoever was told "a run is under way" is in time.
 */
export async function settleUnless(
  isMoreWanted: (tx: Db) => Promise<boolean>,
  db: Db,
  lease: Lease & Pick<Run, "kind">,
  settlement: Settlement,
): Promise<"settled" | "goes_on"> {
  return transaction(db, async (tx) => {
    await lockTarget(tx, lease);
    const goesOn = await isMoreWanted(tx);
    const stillQueued: Settlement = { state: "queued", isAttemptFree: true };
    await writeSettlement(tx, lease, goesOn ? stillQueued : settlement);
    if (!goesOn) await forgetFollowUp(tx, lease.runId);
    return goesOn ? "goes_on" : "settled";
  });
}
