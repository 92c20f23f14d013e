import { freeCourses } from "#lib/db/rosters/locks.ts";
import type { RosterCourse } from "#lib/db/runs/courses.ts";
import { plural } from "#lib/format.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";

const LOOK_AGAIN_MS = 500;

/** Waits until another run has left at least one of these courses' rosters, and says so. */
export async function waitForLocks(
  courses: readonly RosterCourse[],
  handle: RunHandle,
  now: () => Date,
): Promise<void> {
  const ids = courses.map(({ courseId }) => courseId);
  const isOver = async () => (await freeCourses(handle.db, handle.run.runId, ids)).size > 0;
  if (await isOver()) return;
  const what = courses.length === 1 ? courses[0]!.title : plural(courses.length, "course");
  const reason = `another sync is reading the roster of ${what}; this one goes on after it`;
  await handle.event({ kind: "run.waiting", message: reason, detail: { courseIds: ids } });
  do {
    const until = new Date(now().getTime() + LOOK_AGAIN_MS);
    await handle.progress({ wait: { until, reason } });
    handle.checkpoint();
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  } while (!(await isOver()));
  await handle.progress({ wait: null });
  await handle.waitOver(reason);
}
