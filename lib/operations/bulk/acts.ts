import * as matching from "#lib/db/bulk/matching.ts";
import type { Db } from "#lib/db/client.ts";
import type { Caller } from "../caller.ts";
import { backOnRoster, decideHoldIn, holdQuery } from "../holds/holds.ts";
import { runQuery } from "../runs/query.ts";
import { cancelRunIn, retryRunIn, startRunIn } from "../runs/runs.ts";
import type { BulkAction, BulkStart } from "./schema.ts";
import type { RunKind, RunStarted } from "../runs/schema.ts";

/**
 * What is to be done with one object, after whatever has to be asked of its platform first; it
 * answers why the object was left alone, or throws why it could not be done.
 */
type Act = (caller: Caller, objectId: string) => Deed | Promise<Deed>;
type Deed = (tx: Db) => Promise<string | undefined>;

export const ACTS: Record<BulkAction, Act> = {
  "runs.cancel": (caller, runId) => async (tx) => {
    await cancelRunIn(tx, caller, { runId });
    return undefined;
  },
  "runs.retry": (caller, runId) => async (tx) => leftAlone(await retryRunIn(tx, caller, { runId })),
  "courses.sync_rosters": (caller, courseId) => starting(caller, courseId, "roster_sync"),
  "courses.sync_grades": (caller, courseId) => starting(caller, courseId, "grade_sync"),
  "courses.verify": (caller, courseId) => starting(caller, courseId, "verify"),
  "holds.approve": async (caller, holdId) => {
    const back = await backOnRoster(caller, holdId);
    return async (tx) => {
      await decideHoldIn(tx, caller, holdId, { state: "approved", back });
      return undefined;
    };
  },
  "holds.discard": (caller, holdId) => async (tx) => {
    await decideHoldIn(tx, caller, holdId, { state: "discarded" });
    return undefined;
  },
};

function starting(caller: Caller, courseId: string, kind: RunKind): Deed {
  return async (tx) => leftAlone(await startRunIn(tx, caller, { kind, courseId }));
}

function leftAlone({ alreadyActive }: RunStarted): string | undefined {
  return alreadyActive ? "the same sync is under way" : undefined;
}

/** Everything that the filter matches now. */
export async function matchingOf(tx: Db, start: BulkStart): Promise<matching.Matching> {
  switch (start.action) {
    case "runs.cancel":
      return matching.matchingRuns(tx, runQuery(start.filter), "cancel");
    case "runs.retry":
      return matching.matchingRuns(tx, runQuery(start.filter), "retry");
    case "courses.sync_rosters":
      return matching.matchingCourses(start.filter, "memberships");
    case "courses.sync_grades":
      return matching.matchingCourses(start.filter, "grades");
    case "courses.verify":
      return matching.matchingCourses(start.filter, "proof");
    case "holds.approve":
    case "holds.discard":
      return matching.matchingHolds(holdQuery(start.filter));
  }
}
