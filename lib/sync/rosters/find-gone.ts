import { listAbsent } from "#lib/db/rosters/memberships.ts";
import type { CourseReading, ReadRoster } from "./reading/read-pages.ts";
import { RosterIncomplete } from "../errors.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";
import { readRoster } from "./reading/read-roster.ts";

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

/**
 * Reads a whole roster, writes nothing, and takes whom it lists out of `absent`.
 *
 * @throws RosterIncomplete  it did not reach the end, or could not tell who is who
 */
export async function takeOutListed(
  connection: Connection,
  absent: Set<string>,
  { limit, onPage }: { limit?: number; onPage?: () => void },
): Promise<void> {
  let isWhole = false;
  for await (const page of readRoster(connection, { limit })) {
    for (const { userId, status } of page.memberships)
      if (status !== "deleted") absent.delete(userId);
    for (const { userId } of page.quarantined) if (userId) absent.delete(userId);
    // It may be one of the absent whose entry no longer says so.
    if (page.quarantined.some(({ userId }) => userId === undefined))
      throw new RosterIncomplete("members without a user ID");
    onPage?.();
    if (page.incompleteReason) throw new RosterIncomplete(page.incompleteReason);
    isWhole = page.complete;
  }
  if (!isWhole) throw new RosterIncomplete("no page");
}
