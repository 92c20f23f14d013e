import { listAbsent } from "#lib/db/rosters/memberships.ts";
import type { CourseReading } from "./reading/course-reading.ts";
import { RosterIncomplete } from "../errors.ts";
import type { ReadRoster } from "./reading/read-pages.ts";
import { takeOutListed } from "./reading/take-out-listed.ts";

/**
 * Who was a member before the reading and was not listed by it, with proof.
 *
 * @throws RosterIncomplete  the reading did not reach the end, or could not tell who is who
 */
export async function findGone(reading: CourseReading, read: ReadRoster): Promise<string[]> {
  const { handle, course, start, connection, profile } = reading;
  if (!read.last?.complete) throw new RosterIncomplete(read.last?.incompleteReason ?? "no page");
  if (start.membersBefore === 0) return [];
  const { startedAt } = start;
  const absence = { courseId: course.courseId, startedAt, seenHashes: read.seenHashes };
  const absent = new Set(await listAbsent(handle.db, absence));
  if (absent.size === 0) return [];
  if (read.unidentified > 0) throw new RosterIncomplete("members without a user ID");
  // Pages by offset over a live list can skip a person who is still there (seen on Moodle).
  const onPage = () => handle.checkpoint();
  if (read.pages > 1) await takeOutListed(connection, absent, { limit: profile.pageLimit, onPage });
  return [...absent];
}
