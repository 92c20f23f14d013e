import type { Db } from "#lib/db/client.ts";
import { withdrawHeldRemovals } from "#lib/db/holds/holds.ts";
import {
  rosterPageRows,
  writeRosterPage,
  type PageMode,
  type Quarantined,
  type RosterPageRows,
} from "#lib/db/rosters/pages/page.ts";
import type { MembershipsPage } from "#lib/lti/index.ts";
import { readAhead } from "./read-roster.ts";
import type { CourseStart } from "#lib/db/runs/course-start.ts";
import type { RosterCourse } from "#lib/db/runs/courses.ts";
import type { PlatformProfile } from "#lib/platforms/profile.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";

/** One run's work on one course's roster. */
export type CourseReading = {
  handle: RunHandle;
  connection: Connection;
  course: RosterCourse;
  profile: PlatformProfile;
  start: CourseStart;
};

/** The run and course that changes and holds are stored under. */
export function placeOf({ handle, course }: Pick<CourseReading, "handle" | "course">) {
  const { runId, registrationId } = handle.run;
  return { runId, courseId: course.courseId, registrationId };
}

/** What a reading over pages saw. */
export type ReadRoster = {
  last?: PageEnd;
  pages: number;
  /** Stand-ins for everybody it listed. */
  seenHashes: Buffer;
  /** Whom the platform called deleted and did not list otherwise. */
  deleted: Set<string>;
  /** Members that could not be read, and those of them that did not even say who they are. */
  unreadable: number;
  unidentified: number;
};

type PageEnd = Pick<MembershipsPage, "complete" | "incompleteReason" | "differencesUrl">;

type PreparedPage = {
  end: PageEnd;
  rows: RosterPageRows;
  listed: string[];
  deleted: string[];
  quarantined: Quarantined[];
};

/**
 * Reads pages to their end and writes each as it comes, with its counts. The next page is read
 * and made ready while one is being written.
 */
export async function readPages(
  reading: CourseReading,
  pages: AsyncIterable<MembershipsPage>,
): Promise<ReadRoster> {
  const seenHashes: Buffer[] = [];
  const read: ReadRoster = {
    pages: 0,
    seenHashes: Buffer.alloc(0),
    deleted: new Set(),
    unreadable: 0,
    unidentified: 0,
  };
  for await (const page of readAhead(prepared(pages))) {
    for (const userId of page.listed) read.deleted.delete(userId);
    for (const userId of page.deleted) read.deleted.add(userId);
    read.unreadable += page.quarantined.length;
    read.unidentified += page.quarantined.filter(({ userId }) => userId === null).length;
    seenHashes.push(...(await writePage(reading, page)));
    read.last = page.end;
    read.pages += 1;
    reading.handle.checkpoint();
  }
  return { ...read, seenHashes: Buffer.concat(seenHashes) };
}

async function* prepared(
  pages: AsyncIterable<MembershipsPage>,
): AsyncGenerator<PreparedPage, void, undefined> {
  for await (const page of pages) {
    const { complete, incompleteReason, differencesUrl } = page;
    const listed = page.memberships.filter(({ status }) => status !== "deleted");
    const deleted = page.memberships.filter(({ status }) => status === "deleted");
    const quarantined = quarantineOf(page);
    yield {
      end: { complete, incompleteReason, differencesUrl },
      rows: rosterPageRows(listed, quarantined),
      listed: listed.map(({ userId }) => userId),
      deleted: deleted.map(({ userId }) => userId),
      quarantined,
    };
  }
}

async function writePage(reading: CourseReading, page: PreparedPage): Promise<Buffer[]> {
  const { handle, start } = reading;
  const { courseId } = placeOf(reading);
  const target = { courseId, mode: modeOf(reading) };
  const write = (db: Db) => writeRosterPage(db, handle.run, target, page.rows);
  const mayReturn = start.missingBefore > 0 && !handle.run.isPreview;
  const written = mayReturn
    ? await handle.transaction(async (tx) => {
        const unreadable = page.quarantined.flatMap(({ userId }) => userId ?? []);
        const result = await write(tx);
        await withdrawHeldRemovals(tx, courseId, [...page.listed, ...unreadable]);
        return result;
      })
    : await write(handle.db);
  handle.note(written);
  await handle.announce();
  return written.seenHashes;
}

/** Of a first roster everybody is new: the count says it. */
function modeOf({ handle, start }: CourseReading): PageMode {
  if (handle.run.isPreview) return "preview";
  if (start.rosterSyncedAt !== null) return "list";
  return start.membersBefore === 0 ? "first" : "count";
}

function quarantineOf({ index, quarantined }: MembershipsPage): Quarantined[] {
  return quarantined.map(({ userId, reason }) => ({
    page: index + 1,
    userId: userId ?? null,
    reason,
  }));
}
