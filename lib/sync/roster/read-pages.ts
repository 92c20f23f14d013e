import { withdrawHeldRemovals } from "#lib/db/holds.ts";
import { applyMemberships, marksOf, type PageTarget } from "#lib/db/memberships.ts";
import { countCoursePage } from "#lib/db/run-courses.ts";
import type { Membership, MembershipsPage } from "#lib/lti/index.ts";
import { placeOf, type CourseWalk } from "./course-walk.ts";

/** What a walk over pages saw. */
export type ReadRoster = {
  last?: MembershipsPage;
  pages: number;
  /** Stand-ins for everybody it listed. */
  marks: Buffer;
  /** Whom the platform called deleted and did not list otherwise. */
  deleted: Set<string>;
  /** Members that could not be read, and those of them that did not even say who they are. */
  unreadable: number;
  unidentified: number;
};

/** Reads pages to their end and writes each as it comes, with its counts. */
export async function readPages(
  walk: CourseWalk,
  pages: AsyncIterable<MembershipsPage>,
): Promise<ReadRoster> {
  const marks: Buffer[] = [];
  const read: ReadRoster = {
    pages: 0,
    marks: Buffer.alloc(0),
    deleted: new Set(),
    unreadable: 0,
    unidentified: 0,
  };
  for await (const page of pages) {
    const listed = page.memberships.filter(({ status }) => status !== "deleted");
    for (const { userId } of listed) read.deleted.delete(userId);
    for (const { userId, status } of page.memberships)
      if (status === "deleted") read.deleted.add(userId);
    read.unreadable += page.quarantined.length;
    read.unidentified += page.quarantined.filter(({ userId }) => userId === undefined).length;
    marks.push(await writePage(walk, page, listed));
    read.last = page;
    read.pages += 1;
    walk.handle.checkpoint();
  }
  return { ...read, marks: Buffer.concat(marks) };
}

async function writePage(
  walk: CourseWalk,
  page: MembershipsPage,
  listed: Membership[],
): Promise<Buffer> {
  const { handle, start } = walk;
  const place = placeOf(walk);
  const marks: Buffer[] = [];
  await handle.transaction(async (client) => {
    // A page that a crash of the database forgets is read again: the course is not finished.
    await client.query("SET LOCAL synchronous_commit TO off");
    const changes = await applyMemberships(client, { ...place, mode: modeOf(walk) }, listed);
    marks.push(changes.marks);
    const unreadable = page.quarantined.flatMap(({ userId }) => userId ?? []);
    // Somebody who cannot be read is still somebody: never remove them for it.
    if (unreadable.length > 0) marks.push(await marksOf(client, unreadable));
    if (start.missingBefore > 0 && !handle.run.isPreview) {
      const here = [...listed.map(({ userId }) => userId), ...unreadable];
      await withdrawHeldRemovals(client, place.courseId, here);
    }
    const { added, changed } = changes;
    const counts = { seen: listed.length, added, changed };
    await countCoursePage(client, place.runId, place.courseId, counts, quarantineOf(page));
    const add = { members_seen: counts.seen, members_added: added, members_changed: changed };
    await handle.progress({ add }, client);
  });
  return Buffer.concat(marks);
}

/** Of a first roster everybody is new: the count says it. */
function modeOf({ handle, start }: CourseWalk): PageTarget["mode"] {
  if (handle.run.isPreview) return "preview";
  if (start.rosterSyncedAt !== null) return "list";
  return start.membersBefore === 0 ? "first" : "count";
}

function quarantineOf({ index, quarantined }: MembershipsPage) {
  return quarantined.map(({ userId, reason }) => ({
    page: index + 1,
    userId: userId ?? null,
    reason,
  }));
}
