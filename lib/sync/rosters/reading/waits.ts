import type { PlatformUnavailable, RateLimited } from "#lib/lti/index.ts";
import type { PlatformShare } from "#lib/sync/pacing/platform-share.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { freeCourses } from "#lib/db/rosters/locks.ts";
import type { RosterCourse } from "#lib/db/runs/courses.ts";
import { plural } from "#lib/format.ts";

const LONGEST_INLINE_WAIT_MS = 30_000;
/** So often is one page in the middle of a roster asked for, with growing pauses. */
const MOST_ASKED = 4;
const FIRST_PAUSE_MS = 1_000;
/** How soon the lock of a roster is asked for again. */
const LOOK_AGAIN_MS = 500;

/**
 * Waits until a platform that throttled takes calls again, with all runs of its registration.
 *
 * @throws RateLimited  the platform asks for a longer wait than a worker should be held for
 */
export async function waitOut(
  limited: RateLimited,
  { share, now }: { share: PlatformShare; now: () => Date },
): Promise<void> {
  const waitMs = limited.retryAt.getTime() - now().getTime();
  await share.report(limited);
  if (waitMs > LONGEST_INLINE_WAIT_MS) throw limited;
  await share.waitOut(limited.retryAt, limited.message);
}

/**
 * Lets a moment pass before a page is asked for again that got no answer.
 *
 * @throws PlatformUnavailable  the page was asked for often enough, or is to be left for longer
 */
export async function askAgain(
  error: PlatformUnavailable,
  times: number,
  { handle, now }: { handle: RunHandle; now: () => Date },
): Promise<void> {
  if (times >= MOST_ASKED) throw error;
  const backoffMs = FIRST_PAUSE_MS * 2 ** (times - 1);
  const until = error.retryAt ?? new Date(now().getTime() + backoffMs);
  if (until.getTime() - now().getTime() > LONGEST_INLINE_WAIT_MS) throw error;
  await handle.waitUntil(until, error.message, now);
}

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
