import type { Db } from "#lib/db/client.ts";
import { supersedeHolds } from "#lib/db/holds/decide.ts";
import { insertHold } from "#lib/db/holds/holds.ts";
import { recordCompleteRoster } from "#lib/db/rosters/memberships.ts";
import {
  countRemoval,
  listRemovals,
  markMissing,
  removeMembers,
} from "#lib/db/rosters/removals.ts";
import { finishRunCourse } from "#lib/db/runs/courses.ts";
import { insertRunEvent } from "#lib/db/runs/events.ts";
import { syncedEvent, type CourseOutcome } from "./course-end.ts";
import { placeOf, type CourseReading } from "./reading/read-pages.ts";
import { holdRule } from "./hold.ts";

/** What a complete reading found. */
export type FoundRoster = {
  gone: string[];
  differencesUrl?: string;
  /** The whole roster was read, not only the differences since. */
  isWholeRoster: boolean;
};

/** Removes or holds who is gone, and ends the course's part of the run: all of it, or nothing. */
export async function concludeRoster(reading: CourseReading, found: FoundRoster): Promise<void> {
  const { handle } = reading;
  const place = placeOf(reading);
  const conclude = async (tx: Db) => {
    if (found.isWholeRoster) await supersedeHolds(tx, place);
    const outcome = await removeOrHold(tx, reading, found.gone);
    await recordCompleteRoster(tx, place.courseId, found);
    const { removed, held } = outcome;
    const state = held ? "held" : "succeeded";
    await finishRunCourse(tx, place.runId, place.courseId, { state, removed });
    const add = { done: held ? 0 : 1, members_removed: removed };
    await handle.progress({ hasMoved: true, add }, tx);
    await insertRunEvent(tx, handle.run, syncedEvent(reading.course, outcome));
  };
  await handle.transaction(conclude, { repeatable: true });
}

async function removeOrHold(
  tx: Db,
  reading: CourseReading,
  gone: string[],
): Promise<CourseOutcome> {
  if (gone.length === 0) return { removed: 0, held: null, allowedBy: null };
  const place = placeOf(reading);
  const { membersBefore } = reading.start;
  const removal = await countRemoval(tx, place.courseId, gone);
  const rule = holdRule({ ...removal, membersBefore });
  const isAllowed = mayDropMore(reading);
  if (rule !== null && !isAllowed) {
    const { removals } = removal;
    await insertHold(tx, { ...place, rule, removals, membersBefore });
    await listRemovals(tx, place, gone, "held");
    await markMissing(tx, place.courseId, gone);
    return { removed: 0, held: { removals, membersBefore, rule }, allowedBy: null };
  }
  const removed = await removeMembers(tx, place.courseId, gone);
  await listRemovals(tx, place, gone, "applied");
  return { removed, held: null, allowedBy: rule };
}

/** An operator let larger drops through, and that had not run out when the sync began. */
function mayDropMore({ start }: CourseReading): boolean {
  return start.dropsAllowedUntil !== null && start.dropsAllowedUntil > start.startedAt;
}
