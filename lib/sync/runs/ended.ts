import { startVerifications } from "../verify/follow-grade-sync.ts";
import { startFollowUps, type FollowUpDeps } from "./follow-up.ts";

export type EndedDeps = FollowUpDeps;

/**
 * What comes after the end of a run, outside of its transaction. A line here is called at once by
 * the worker that ended a run, and again by every look round (`upkeep.ts`) for what a crash left
 * undone or an operator's end began: it must go by what is noted in the database. What belongs to
 * the end itself stands in `lib/db/runs/moves/ended.ts`.
 */
const AFTER_END: readonly ((deps: EndedDeps, endedRunId?: string) => Promise<void>)[] = [
  startFollowUps,
  startVerifications,
];

/**
 * Without a run: for all that have ended. A line that fails keeps none of the others from running;
 * it is called again at the next look round.
 *
 * @throws what the first line threw that failed
 */
export async function afterEnd(deps: EndedDeps, endedRunId?: string): Promise<void> {
  const failures: unknown[] = [];
  for (const after of AFTER_END)
    await after(deps, endedRunId).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
