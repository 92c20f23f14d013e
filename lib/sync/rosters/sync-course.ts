import { startRunCourse } from "#lib/db/runs/course-start.ts";
import { syncGroups } from "../groups/sync-groups.ts";
import { concludeRoster } from "./conclude.ts";
import { type CourseReading, readPages } from "./reading/read-pages.ts";
import { mayReadDifferences, syncDifferences } from "./preview/differences.ts";
import { findGone } from "./find-gone.ts";
import { readRoster } from "./reading/read-roster.ts";

/**
 * Reads one course's roster and writes what changed. Members are added and updated page by
 * page; somebody is removed only after a reading that reached the end did not list them, and not
 * while the removals need a person's word.
 */
export async function syncCourse(reading: CourseReading): Promise<void> {
  const { handle, course, start } = reading;
  await syncGroups(reading);
  if (start.differencesUrl === null || !mayReadDifferences(start)) return readWhole(reading);
  if (await syncDifferences(reading, start.differencesUrl)) return;
  const again = await startRunCourse(handle.db, handle.run, course.courseId);
  if (typeof again === "object") await readWhole({ ...reading, start: again });
}

async function readWhole(reading: CourseReading): Promise<void> {
  const { pageLimit: limit } = reading.profile;
  const read = await readPages(reading, readRoster(reading.connection, { limit }));
  // Of many courses one is compared while the next are read.
  if (reading.handle.run.courseId !== null) await reading.handle.progress({ phase: "conclude" });
  const gone = await findGone(reading, read);
  await concludeRoster(reading, {
    gone,
    differencesUrl: read.last?.differencesUrl,
    isWholeRoster: true,
  });
}
