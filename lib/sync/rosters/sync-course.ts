import { startRunCourse } from "#lib/db/runs/courses.ts";
import { concludeRoster } from "./conclude.ts";
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
export async function syncCourse(walk: CourseWalk): Promise<void> {
  const { handle, course, start } = walk;
  if (start.differencesUrl === null || !mayReadDifferences(start)) return walkWhole(walk);
  if (await syncDifferences(walk, start.differencesUrl)) return;
  const again = await startRunCourse(handle.db, handle.run, course.courseId);
  if (typeof again === "object") await walkWhole({ ...walk, start: again });
}

async function walkWhole(walk: CourseWalk): Promise<void> {
  const { pageLimit: limit } = walk.profile;
  const read = await readPages(walk, walkRoster(walk.connection, { limit }));
  const gone = await findGone(walk, read);
  await concludeRoster(walk, { gone, differencesUrl: read.last?.differencesUrl, isWalk: true });
}
