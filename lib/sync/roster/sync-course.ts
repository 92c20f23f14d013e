import {
  countAbsent,
  recordCompleteRoster,
  removeAbsent,
  upsertMemberships,
} from "#lib/db/memberships.ts";
import { countCoursePage, finishRunCourse, startRunCourse } from "#lib/db/run-courses.ts";
import { CodedError } from "#lib/errors.ts";
import type { MembershipsPage, PlatformProfile } from "#lib/lti/index.ts";
import type { Connection } from "../connection.ts";
import type { RunHandle } from "../run-handle.ts";
import { walkRoster } from "./walk-roster.ts";

/** The walk ended without proof that it saw everybody; nobody was removed. */
export class RosterIncomplete extends CodedError {
  readonly code = "sync.roster_incomplete" as const;

  constructor(readonly reason: string) {
    super(
      `the roster may be incomplete (${reason.replaceAll("_", " ")}): members were added and updated, none removed`,
    );
  }
}

type CourseWalk = {
  handle: RunHandle;
  connection: Connection;
  courseId: string;
  profile: PlatformProfile;
};

/**
 * Reads one course's roster and writes what changed. Members are added and updated page by
 * page; somebody is removed only after a walk that reached the end did not list them.
 */
export async function syncCourse(walk: CourseWalk): Promise<{ removed: number }> {
  const { handle, courseId } = walk;
  const startedAt = await startRunCourse(handle.db, handle.run, courseId);
  const { seen, last, pages } = await readRoster(walk);
  if (!last?.complete) throw new RosterIncomplete(last?.incompleteReason ?? "no page");
  let removed = 0;
  const absence = { courseId, startedAt, seen };
  if ((await countAbsent(handle.db.pool, absence)) > 0) {
    // Pages by offset over a live list can skip a person who is still there (seen on Moodle).
    if (pages > 1) for (const userId of await confirmPresence(walk)) seen.add(userId);
    removed = await removeMembers(handle, absence);
  }
  await handle.transaction(async (client) => {
    await recordCompleteRoster(client, courseId, last.differencesUrl);
    await finishRunCourse(client, handle.run.runId, courseId, { state: "succeeded", removed });
    await handle.progress({ hasMoved: true, add: { done: 1, members_removed: removed } }, client);
  });
  return { removed };
}

async function readRoster(walk: CourseWalk) {
  const seen = new Set<string>();
  let last: MembershipsPage | undefined;
  let pages = 0;
  for await (const page of walkRoster(walk.connection, { limit: walk.profile.pageLimit })) {
    for (const { userId } of page.memberships) seen.add(userId);
    // Somebody who cannot be read is still somebody: never remove them for it.
    for (const { userId } of page.quarantined) if (userId) seen.add(userId);
    await applyPage(walk, page, pages);
    last = page;
    pages += 1;
    walk.handle.checkpoint();
  }
  return { seen, last, pages };
}

async function applyPage(walk: CourseWalk, page: MembershipsPage, index: number): Promise<void> {
  const { handle, courseId } = walk;
  await handle.transaction(async (client) => {
    const changed = await upsertMemberships(client, courseId, page.memberships);
    const counts = { seen: page.memberships.length, ...changed };
    const quarantined = page.quarantined.map(({ userId, reason }) => ({
      page: index + 1,
      userId: userId ?? null,
      reason,
    }));
    await countCoursePage(client, handle.run.runId, courseId, counts, quarantined);
    await handle.progress(
      {
        add: {
          members_seen: counts.seen,
          members_added: counts.added,
          members_changed: counts.changed,
        },
      },
      client,
    );
  });
}

/** Reads the roster once more and returns who is on it. */
async function confirmPresence(walk: CourseWalk): Promise<Set<string>> {
  const present = new Set<string>();
  for await (const page of walkRoster(walk.connection, { limit: walk.profile.pageLimit })) {
    for (const { userId } of page.memberships) present.add(userId);
    walk.handle.checkpoint();
    if (page.incompleteReason) throw new RosterIncomplete(page.incompleteReason);
  }
  return present;
}

async function removeMembers(
  handle: RunHandle,
  absence: Parameters<typeof removeAbsent>[1],
): Promise<number> {
  let removed = 0;
  await handle.transaction(async (client) => {
    removed = await removeAbsent(client, absence);
    await handle.progress({}, client);
  });
  return removed;
}
