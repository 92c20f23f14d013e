import { startRunCourse } from "#lib/db/run-courses.ts";
import { concludeRoster, type CourseOutcome } from "./conclude.ts";
import type { CourseWalk } from "./course-walk.ts";
import { mayReadDifferences, syncDifferences } from "./differences.ts";
import { findGone } from "./find-gone.ts";
import { readPages } from "./read-pages.ts";
import { walkRoster } from "./walk-roster.ts";

/**
 * Reads one course's roster and writes what changed. Members are added and updated page by
 * page; somebody is removed only after a walk that reached the end did not list them, and not
 * while the removals need a person's word.
 */
export async function syncCourse(walk: CourseWalk): Promise<CourseOutcome> {
  const { start } = walk;
  if (start.differencesUrl === null || !mayReadDifferences(start)) return walkWhole(walk);
  const outcome = await syncDifferences(walk, start.differencesUrl);
  if (outcome) return outcome;
  const { handle, course } = walk;
  return walkWhole({
    ...walk,
    start: await startRunCourse(handle.db, handle.run, course.courseId),
  });
}

async function walkWhole(walk: CourseWalk): Promise<CourseOutcome> {
  const { pageLimit: limit } = walk.profile;
  const read = await readPages(walk, walkRoster(walk.connection, { limit }));
  const gone = await findGone(walk, read);
  return concludeRoster(walk, { gone, differencesUrl: read.last?.differencesUrl, isWalk: true });
}
