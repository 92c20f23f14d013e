import { LeaseLost } from "#lib/db/errors.ts";
import { countRunCourses, pendingRunCourses, planAppliedCourses } from "#lib/db/runs/courses.ts";
import { isCodedError } from "#lib/errors.ts";
import type { JobResult } from "#lib/sync/kinds/job.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { applyPreview } from "./apply-preview.ts";
import { failCourse } from "../course-end.ts";
import { rosterSummary } from "../roster-summary.ts";

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
