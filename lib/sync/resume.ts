import type { Tx } from "#lib/db/client.ts";
import { resumeRuns, type PauseTarget } from "#lib/db/pauses.ts";
import type { RunQueue } from "./queue.ts";

/** Queues the target's paused runs again, unless another pause holds them. */
export async function resumePausedRuns(
  tx: Tx,
  target: PauseTarget,
  queue: Pick<RunQueue, "send">,
): Promise<number> {
  const runs = await resumeRuns(tx, target);
  for (const run of runs) await queue.send(tx, run);
  return runs.length;
}
