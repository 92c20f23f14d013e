import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/scores/decisions/conflicts.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { courseTarget } from "../runs/targets.ts";
import { ConflictResolution, type ConflictsResolved } from "./schema.ts";
import { startGradeSync } from "./push/store-scores.ts";
import { validated } from "../validated.ts";

/**
 * Decides about scores that somebody changed on the platform: its values stay, or ours are
 * wanted again. What is no longer in conflict is left alone and counted.
 *
 * @throws Conflict  ours were to be sent, and the course or its registration is archived
 */
export async function resolveConflicts(
  asker: Asker,
  { courseId, ...input }: { courseId: string } & ConflictResolution,
): Promise<ConflictsResolved> {
  const caller = await permit(asker, "scores:write", { courseId });
  const { scoreIds, resolution, send } = validated(ConflictResolution, input);
  return transaction(caller.db, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    const ids = await stored.lockConflicts(tx, course.id, scoreIds);
    const { profile } = await caller.engine.loadRegistration(course.registrationId);
    if (resolution === "keep") {
      const note = `the platform's value was kept by ${actorName(caller.actor)}`;
      await stored.keepPlatformScores(tx, ids, note);
    } else await stored.overwritePlatformScores(tx, ids, profile.timestampStepMs);
    const isSent = send || course.sendPolicy === "as_they_come";
    const starts = resolution === "overwrite" && ids.length > 0 && isSent;
    if (starts) await courseTarget(tx, course.id, "grade_sync");
    const runId = starts ? await startGradeSync(tx, caller, course) : null;
    const skipped = new Set(scoreIds).size - ids.length;
    await audit(tx, caller, {
      action: "scores.resolve_conflicts",
      object: "course",
      objectId: course.id,
      detail: { resolution, resolved: ids.length, skipped, runId },
    });
    await notify(tx, { courseId: course.id, registrationId: course.registrationId });
    return { resolved: ids.length, skipped, runId };
  });
}
