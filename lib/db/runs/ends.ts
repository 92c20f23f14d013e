import { transaction, type Db } from "../client.ts";
import type { Run } from "../generated/client.ts";
import { releaseScores } from "../scores/release.ts";
import { pauseOver, type PauseTarget } from "../system/pauses.ts";
import { forgetFollowUp } from "./follow-ups.ts";
import { moveRun } from "./moves/move.ts";
import type { MoveFacts } from "./moves/table.ts";
import { changeOf, type Lease } from "./runs.ts";
import { notify } from "../changes.ts";
import { runState } from "../rows/enums.ts";
import { row } from "../rows/shape.ts";

/** To what end a worker brings a run: its own, or that of an operator who cancelled it. */
export type RunEnd = {
  state: "succeeded" | "partly_succeeded" | "failed" | "held" | "cancelled";
  error?: MoveFacts["error"];
};

/**
 * Ends a run under its worker's lease, unless `isMoreWanted`, such as a value pushed after it had
 * last looked: then it is queued again. It locks the run's target, so that whoever was told
 * "a run is under way" is in time.
 *
 * @throws LeaseLost  another worker has the run; nothing was written
 */
export async function endRun(
  db: Db,
  run: Lease,
  { state, error }: RunEnd,
  isMoreWanted?: (tx: Db) => Promise<boolean>,
): Promise<"ended" | "goes_on"> {
  return transaction(db, async (tx) => {
    // Before the target: a push locks scores first, too.
    await releaseScores(tx, run);
    if (isMoreWanted) {
      if (await isMoreWanted(tx)) {
        await moveRun(tx, "go_on", run, "queued");
        return "goes_on";
      }
      await forgetFollowUp(tx, run.runId);
    }
    if (state === "held") await moveRun(tx, "hold", run, state, { error });
    else if (state === "cancelled") await moveRun(tx, "cancel", run, state);
    else await moveRun(tx, "end", run, state, { error });
    return "ended";
  });
}

/** Pauses a run that stopped for it; where the pause was lifted meanwhile it is queued again. */
export async function pauseStoppedRun(
  db: Db,
  run: Lease,
  words: Record<PauseTarget["scope"], string>,
): Promise<"paused" | "goes_on"> {
  const scope = await pauseOver(db, run);
  return transaction(db, async (tx) => {
    await releaseScores(tx, run);
    if (scope) await moveRun(tx, "pause", run, "paused", { waitReason: words[scope] });
    else await moveRun(tx, "go_on", run, "queued", { waitReason: "the pause was lifted" });
    return scope ? "paused" : "goes_on";
  });
}

const stateRow = row({ state: runState });

/**
 * Cancels at once what does not run; asks the worker where it does. Returns the run as it is now.
 *
 * @throws MoveRefused  the run is finished
 */
export async function cancelRun(db: Db, runId: string, by: string): Promise<Run> {
  return transaction(db, async (tx) => {
    // What is pushed from now on is not meant.
    await tx.prisma.runFollowUp.deleteMany({ where: { runId, run: { cancelRequestedAt: null } } });
    const rows = await tx.rows(
      stateRow,
      "SELECT state FROM run WHERE id = $1::uuid FOR NO KEY UPDATE",
      [runId],
    );
    if (rows[0]?.state === "running") await requestCancel(tx, runId);
    else await moveRun(tx, "cancel", { runId }, "cancelled", { by });
    return tx.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  });
}

async function requestCancel(tx: Db, runId: string): Promise<void> {
  await tx.prisma.run.updateMany({
    where: { id: runId, cancelRequestedAt: null },
    data: { cancelRequestedAt: new Date() },
  });
  const run = await tx.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  await notify(tx, changeOf(run));
}
