import type { Db } from "../../client.ts";
import { feedRunFinished } from "../../feed/entries.ts";
import { discardHoldsOf } from "../../holds/holds.ts";
import { releaseScoresOf } from "../../scores/release.ts";
import type { MoveFacts, MovedRun } from "./table.ts";

type AfterEnd = (tx: Db, run: MovedRun, facts: MoveFacts) => Promise<void>;

/**
 * What belongs to the end of a run, whoever ended it, in the transaction of the move: a line here
 * is done for every end, or the run has not ended. What may come later is noted here and done by
 * `lib/sync/runs/ended.ts`.
 */
const AFTER_END: readonly AfterEnd[] = [releaseWhatItClaimed, discardWhatItHeld, tellTheFeed];

export async function runsEnded(
  tx: Db,
  runs: readonly MovedRun[],
  facts: MoveFacts,
): Promise<void> {
  for (const run of runs) for (const after of AFTER_END) await after(tx, run, facts);
}

/**
 * An attempt that waited to go on may have left scores claimed, which nobody would record any
 * more. A worker releases its own before: scores are locked before the run's target.
 */
async function releaseWhatItClaimed(tx: Db, { id, formerState }: MovedRun): Promise<void> {
  if (formerState !== "running") await releaseScoresOf(tx, id);
}

/** A run that is cancelled while it waits for a decision removes nobody. */
async function discardWhatItHeld(tx: Db, run: MovedRun, { by = "" }: MoveFacts): Promise<void> {
  if (run.formerState === "held" && run.state === "cancelled") await discardHoldsOf(tx, run.id, by);
}

function tellTheFeed(tx: Db, run: MovedRun, { error = null }: MoveFacts): Promise<void> {
  return feedRunFinished(tx, run, error);
}
