import type { RunKind } from "#lib/db/generated/enums.ts";
import type { Job } from "./job.ts";
import { sendScores } from "./send-scores.ts";
import { syncRoster } from "./sync-roster.ts";

/** What a run of each kind does. */
export const JOBS: Record<RunKind, Job> = {
  roster_sync: syncRoster,
  grade_sync: sendScores,
};
