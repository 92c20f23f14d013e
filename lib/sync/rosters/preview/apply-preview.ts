import { supersedeHolds } from "#lib/db/holds/decide.ts";
import { recordCompleteRoster } from "#lib/db/rosters/memberships.ts";
import { applyPreviewedChanges, lockPreviewedCourse } from "#lib/db/rosters/changes/previews.ts";
import { startRunCourse } from "#lib/db/runs/course-start.ts";
import {
  finishRunCourse,
  type RosterCourse,
  countRunCourses,
  pendingRunCourses,
  planAppliedCourses,
} from "#lib/db/runs/courses.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { placeOf } from "../reading/read-pages.ts";
import { RosterMoved } from "../../errors.ts";
import { waitForLocks } from "../reading/waits.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { isCodedError } from "#lib/errors.ts";
import type { JobResult } from "#lib/sync/kinds/job.ts";
import { failCourse, rosterSummary } from "../course-end.ts";

/** Applies a preview course by course: each of them whole, or not at all. */
export async function applyPreviewRun(
  handle: RunHandle,
  previewId: string,
  now: () => Date,
): Promise<JobResult> {
  const { db, run } = handle;
  await planAppliedCourses(db, run, { previewId, onlyFailedOf: run.retryOfId });
  const { total } = await countRunCourses(db, run.runId);
  await handle.progress({ phase: "apply", total });
  for (const course of await pendingRunCourses(db, run.runId)) {
    handle.checkpoint();
    try {
      const applied = await applyPreview(handle, course, previewId, now);
      if (!applied) continue;
      const { added, changed, removed } = applied;
      await handle.event({
        kind: "course.preview_applied",
        message: `${course.title}: the previewed changes were applied: ${added} added, ${changed} changed, ${removed} removed`,
        detail: { courseId: course.courseId, previewId },
      });
    } catch (error) {
      if (!isCodedError(error) || error instanceof LeaseLost) throw error;
      await failCourse(course, handle, error);
    }
  }
  return rosterSummary(handle);
}

/**
 * Writes exactly what a preview found in one course; the platform is not asked again. Null where
 * the course was paused meanwhile.
 *
 * @throws RosterMoved  the stored roster is not the one the preview compared with
 */
async function applyPreview(
  handle: RunHandle,
  course: RosterCourse,
  previewId: string,
  now: () => Date,
): Promise<{ added: number; changed: number; removed: number } | null> {
  const place = placeOf({ handle, course });
  const { runId, courseId } = place;
  let start = await startRunCourse(handle.db, handle.run, courseId);
  while (start === "taken") {
    await waitForLocks([course], handle, now);
    start = await startRunCourse(handle.db, handle.run, courseId);
  }
  if (start === "paused") return null;
  const counts = { added: 0, changed: 0, removed: 0 };
  await handle.transaction(async (client) => {
    const previewed = await lockPreviewedCourse(client, { previewId, courseId });
    if (!previewed || previewed.hasMoved) throw new RosterMoved(previewId);
    Object.assign(counts, await applyPreviewedChanges(client, { runId, previewId, courseId }));
    await supersedeHolds(client, place);
    await recordCompleteRoster(client, courseId, { isWholeRoster: true, at: previewed.readAt });
    await finishRunCourse(client, runId, courseId, { state: "succeeded", ...counts });
    const add = {
      done: 1,
      members_added: counts.added,
      members_changed: counts.changed,
      members_removed: counts.removed,
    };
    await handle.progress({ hasMoved: true, add }, client);
  });
  return counts;
}
