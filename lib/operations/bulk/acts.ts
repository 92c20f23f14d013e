import * as matching from "#lib/db/bulk/matching.ts";
import type { Db } from "#lib/db/client.ts";
import type { Caller } from "../caller.ts";
import { decideHoldIn, holdQuery } from "../holds/holds.ts";
import { runQuery } from "../runs/query.ts";
import { cancelRunIn, retryRunIn, startRunIn } from "../runs/runs.ts";
import type { BulkAction, BulkStart } from "./schema.ts";
import type { RunStarted } from "../runs/schema.ts";

/** Acts on one object; answers why it was left alone, or throws why it could not be done. */
type Act = (tx: Db, caller: Caller, objectId: string) => Promise<string | undefined>;

export const ACTS: Record<BulkAction, Act> = {
  "runs.cancel": async (tx, caller, runId) => {
    await cancelRunIn(tx, caller, { runId });
    return undefined;
  },
  "runs.retry": async (tx, caller, runId) => leftAlone(await retryRunIn(tx, caller, { runId })),
  "courses.sync_rosters": async (tx, caller, courseId) =>
    leftAlone(await startRunIn(tx, caller, { kind: "roster_sync", courseId })),
  "courses.sync_grades": async (tx, caller, courseId) =>
    leftAlone(await startRunIn(tx, caller, { kind: "grade_sync", courseId })),
  "holds.approve": async (tx, caller, holdId) => {
    await decideHoldIn(tx, caller, holdId, "approved");
    return undefined;
  },
  "holds.discard": async (tx, caller, holdId) => {
    await decideHoldIn(tx, caller, holdId, "discarded");
    return undefined;
  },
};

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
    case "holds.approve":
    case "holds.discard":
      return matching.matchingHolds(holdQuery(start.filter));
  }
}
