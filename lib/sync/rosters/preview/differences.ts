import { presentAmong } from "#lib/db/rosters/memberships.ts";
import type { CourseStart } from "#lib/db/runs/course-start.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { concludeRoster } from "../conclude.ts";
import { type CourseReading, readPages } from "../reading/read-pages.ts";
import { readRoster } from "../reading/read-roster.ts";

/** The whole roster is read at least this often, whatever the differences say… */
const WHOLE_EVERY_DAYS = 7;
/** …and after so many syncs that read only differences. */
export const WALK_EVERY_SYNCS = 20;

const DAY_MS = 86_400_000;

// A whole reading would meet these too.
const STOPPING = new Set<CodedError["code"]>([
  "sync.lease_lost",
  "sync.platform_cooling_down",
  "lti.rate_limited",
  "lti.request_cancelled",
  "lti.token_refused",
  "lti.token_reply_malformed",
]);

/**
 * Whether a sync may read only what changed since the last one (NRPS 2.0 §2.4.3). While
 * removals wait for a person it may not: only a whole roster shows who came back.
 */
export function mayReadDifferences(course: CourseStart): boolean {
  if (course.differencesUrl === null || course.rosterWalkedAt === null) return false;
  if (course.hasOpenHold || course.differencesRead >= WALK_EVERY_SYNCS) return false;
  const sinceWholeMs = course.startedAt.getTime() - course.rosterWalkedAt.getTime();
  return sinceWholeMs < WHOLE_EVERY_DAYS * DAY_MS;
}

/**
 * Reads the stored differences link as it is and writes what it tells. Any failure and any
 * doubt gives false, said in an event: then the whole roster is to be read.
 */
export async function syncDifferences(
  reading: CourseReading,
  differencesUrl: string,
): Promise<boolean> {
  try {
    const read = await readPages(reading, readRoster(reading.connection, { url: differencesUrl }));
    const doubt = doubtAbout(read);
    if (doubt) return await fallBack(reading, doubt);
    const { courseId } = reading.course;
    const gone = await presentAmong(reading.handle.db, courseId, [...read.deleted]);
    const found = { gone, differencesUrl: read.last?.differencesUrl, isWholeRoster: false };
    await concludeRoster(reading, found);
    return true;
  } catch (error) {
    if (!isCodedError(error) || STOPPING.has(error.code)) throw error;
    return fallBack(reading, error.message);
  }
}

function doubtAbout(read: Awaited<ReturnType<typeof readPages>>): string | null {
  if (!read.last?.complete)
    return `the answer may be incomplete (${(read.last?.incompleteReason ?? "no page").replaceAll("_", " ")})`;
  if (read.unreadable > 0) return "it holds members that cannot be read";
  return null;
}

async function fallBack({ handle, course }: CourseReading, reason: string): Promise<false> {
  await handle.event({
    level: "warning",
    kind: "course.differences_dropped",
    message: `${course.title}: the differences since the last sync cannot be used: ${reason}; the whole roster is read instead`,
    detail: { courseId: course.courseId, reason },
  });
  return false;
}
