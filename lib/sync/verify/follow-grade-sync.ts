import { transaction } from "#lib/db/client.ts";
import { unverifiedGradeSyncs } from "#lib/db/proof/due.ts";
import { platformProfile } from "#lib/platforms/profile.ts";
import type { FollowUpDeps } from "../runs/follow-up.ts";
import { startRun } from "../runs/start.ts";

/**
 * Starts the verification that follows a grade sync where the course wants one; where it does not
 * say, on platforms that may keep another value than the one they took.
 */
export async function startVerifications(
  { db, queue }: FollowUpDeps,
  endedRunId?: string,
): Promise<void> {
  for (const run of await unverifiedGradeSyncs(db, endedRunId)) {
    const { registrationId, courseId, trigger, startedBy } = run;
    const { keepsTeacherGrades } = platformProfile(run.profile, run.profileOverrides);
    if (!(run.verifies ?? keepsTeacherGrades)) continue;
    const next = { kind: "verify", registrationId, courseId, trigger, startedBy } as const;
    await transaction(db, (tx) => startRun(tx, queue, next));
  }
}
