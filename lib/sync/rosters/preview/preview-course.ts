import { countRemoval, listRemovals } from "#lib/db/rosters/removals.ts";
import { finishRunCourse } from "#lib/db/runs/courses.ts";
import { placeOf, type CourseReading, readPages } from "../reading/read-pages.ts";
import { findGone } from "../find-gone.ts";
import { holdRule, type HoldRule } from "../hold.ts";
import { readRoster } from "../reading/read-roster.ts";

/** Reads a whole roster and lists what a sync would change; no member is written. */
export async function previewCourse(
  reading: CourseReading,
): Promise<{ removals: number; rule: HoldRule | null }> {
  const { handle, start } = reading;
  const place = placeOf(reading);
  const { pageLimit: limit } = reading.profile;
  const gone = await findGone(
    reading,
    await readPages(reading, readRoster(reading.connection, { limit })),
  );
  const counts = await countRemoval(handle.db, place.courseId, gone);
  await handle.transaction(async (client) => {
    await listRemovals(client, place, gone, "previewed");
    const end = { state: "succeeded", removed: gone.length } as const;
    await finishRunCourse(client, place.runId, place.courseId, end);
    const add = { done: 1, members_removed: gone.length };
    await handle.progress({ hasMoved: true, add }, client);
  });
  const { membersBefore } = start;
  return { removals: gone.length, rule: holdRule({ ...counts, membersBefore }) };
}
