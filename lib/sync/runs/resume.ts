import type { Db } from "#lib/db/client.ts";
import { resumeRuns, type PauseTarget } from "#lib/db/system/pauses.ts";
import type { RunQueue } from "../queue.ts";

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
