import type { Db } from "#lib/db/client.ts";
import type { Run } from "#lib/db/generated/client.ts";
import { noteFollowUp } from "#lib/db/runs/follow-ups.ts";
import { endSpread, insertRun, type NewRun } from "#lib/db/runs/runs.ts";
import { resumeRuns, type PauseTarget } from "#lib/db/system/pauses.ts";
import { kindOf } from "../kinds/index.ts";
import type { RunQueue } from "../queue/index.ts";

export type RunStart = NewRun & {
  /** For what was just added to the target: a run under way that ends without it is followed by another. */
  isForAdded?: boolean;
};

/**
 * Stores a run and queues it in the caller's transaction. Where the same is under way, that run is
 * the answer, and waits no longer for its schedule's spread unless this start is to wait too.
 */
export async function startRun(
  tx: Db,
  queue: Pick<RunQueue, "send" | "bringForward">,
  { isForAdded = false, ...start }: RunStart,
): Promise<{ run: Run; alreadyActive: boolean }> {
  const inserted = await insertRun(tx, start);
  const { run, alreadyActive } = inserted;
  if (!alreadyActive) {
    await queue.send(tx, run, run.notBefore ?? undefined);
    return inserted;
  }
  const isEnding = run.cancelRequestedAt !== null;
  if (kindOf(run).additions && (isForAdded || isEnding)) await noteFollowUp(tx, run.id, start);
  // Whoever asks for it means now.
  if (!start.notBefore && (await endSpread(tx, run))) await queue.bringForward(tx, [run.id]);
  return inserted;
}

/** Queues the target's paused runs again, unless another pause holds them. */
export async function resumePausedRuns(
  tx: Db,
  target: PauseTarget,
  queue: Pick<RunQueue, "sendAll">,
): Promise<number> {
  const runs = await resumeRuns(tx, target);
  await queue.sendAll(tx, runs);
  return runs.length;
}
