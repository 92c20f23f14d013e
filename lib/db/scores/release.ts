import { platformProfile } from "#lib/platforms/profile.ts";
import type { Db } from "../client.ts";
import type { Lease } from "../runs/runs.ts";
import { laterTimestampSql } from "./timestamp.ts";

/**
 * Puts back what a run claimed and will not send: it ended, or was cancelled. Whatever of it
 * did reach the platform needs a later timestamp next time (AGS 2.0 §3.4.9).
 */
export async function releaseScores(db: Db, lease: Lease): Promise<void> {
  await db.execute(
    release("AND EXISTS (SELECT FROM run WHERE id = $1 AND lease = $3 AND state = 'running')"),
    [lease.runId, await stepMsOf(db, lease.runId), lease.lease],
  );
}

/**
 * The same for a run that ended while no worker held it: an attempt that waited to go on may have
 * left scores claimed, which nobody would record any more.
 */
export async function releaseScoresOf(db: Db, runId: string): Promise<void> {
  await db.execute(release(), [runId, await stepMsOf(db, runId)]);
}

// In the order in which a push takes them, so that the two never wait for each other.
const release = (condition = "") => `
  WITH claimed AS (
    SELECT id FROM score WHERE run_id = $1::uuid AND state = 'sending' ${condition}
     ORDER BY line_item_id, user_id FOR NO KEY UPDATE)
  UPDATE score SET state = 'pending', updated_at = now(),
         timestamp = ${laterTimestampSql({ last: "timestamp", stepMs: "$2" })}
    FROM claimed WHERE score.id = claimed.id`;

/** Makes the scores a run saw rejected pending again, each with a later timestamp. */
export async function requeueRejectedScores(
  db: Db,
  runId: string,
  stepMs: number,
): Promise<number> {
  const count = await db.execute(
    `UPDATE score SET state = 'pending', error_code = NULL, error_message = NULL,
            http_status = NULL, updated_at = now(),
            timestamp = ${laterTimestampSql({ last: "timestamp", stepMs: "$2" })}
      WHERE run_id = $1::uuid AND state = 'rejected'`,
    [runId, stepMs],
  );
  return count;
}

/** By so much must a timestamp be later for the platform to see it. */
async function stepMsOf(db: Db, runId: string): Promise<number> {
  const { registration } = await db.prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: { registration: { select: { profile: true, profileOverrides: true } } },
  });
  return platformProfile(registration.profile, registration.profileOverrides).timestampStepMs;
}
