import { isDatabaseDown, isRolledBack, LeaseLost, MoveRefused } from "#lib/db/errors.ts";
import { closeCircuit } from "#lib/db/pacing/platform-pacing.ts";
import { kindOf } from "../kinds/index.ts";
import type { JobDeps } from "../kinds/job.ts";
import { endAttempt, type Again, type EndDeps, type Outcome } from "./attempt-end.ts";
import { LeaseUnconfirmed } from "./lease/fence.ts";
import type { RunHandle } from "./lease/run-handle.ts";

export type AttemptDeps = EndDeps & { job: Omit<JobDeps, "proof"> };

/**
 * One attempt at a run that this worker has claimed: performed, and ended by what it came to.
 *
 * @throws  what says nothing about the run: its job is tried again and goes on where it was
 */
export async function attempt(
  handle: RunHandle,
  formerMs: number,
  deps: AttemptDeps,
): Promise<Again> {
  const outcome = await perform(handle, formerMs, deps);
  try {
    return await endAttempt(handle, outcome, deps);
  } catch (error) {
    if ("stoppedBy" in outcome || saysNothing(error)) throw error;
    return endAttempt(handle, { stoppedBy: error }, deps);
  }
}

async function perform(handle: RunHandle, formerMs: number, deps: AttemptDeps): Promise<Outcome> {
  const { db, run } = handle;
  const { needsSilence, perform: performKind, proof } = kindOf(run);
  try {
    if (needsSilence) await handle.waitForSilence(formerMs);
    const result = await performKind(handle, { ...deps.job, proof });
    if (handle.hasAnswer) await closeCircuit(db, run.registrationId);
    return { result };
  } catch (thrown) {
    const { aborted, reason } = handle.fence.signal;
    const error: unknown = aborted ? reason : thrown;
    if (saysNothing(error)) throw error;
    return { stoppedBy: error };
  }
}

/** Whether an error is about this worker's hold on the run or about the database, not about the run. */
function saysNothing(error: unknown): boolean {
  const isNotOurs =
    error instanceof LeaseLost || error instanceof LeaseUnconfirmed || error instanceof MoveRefused;
  return isNotOurs || isDatabaseDown(error) || isRolledBack(error);
}
