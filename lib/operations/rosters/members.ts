import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/rosters/members.ts";
import { recountMembers } from "#lib/db/rosters/memberships.ts";
import { audit } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { pageFrom } from "../cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { Page } from "../fields.ts";
import { MemberFilter, type MemberView } from "../courses/schema.ts";
import { validated } from "../validated.ts";

/** To sort more members than this takes longer than a page may, but for the index by user ID. */
const MOST_SORTED_BY_NAME = 20_000;

/** By name, unless `sort` says otherwise; in very large courses by user ID instead of by name. */
export async function listMembers(
  caller: Caller,
  { courseId, ...filter }: { courseId: string } & Partial<MemberFilter>,
): Promise<Page<MemberView>> {
  const { cursor, limit, sort, since: asked, ...conditions } = validated(MemberFilter, filter);
  const { id, rosterMemberCount: presentCount } = await requiredCourse(caller.db, courseId);
  const since = asked === undefined ? undefined : new Date(asked);
  const order = orderOf(stored.MEMBER_ORDERS, sortedAs(sort, presentCount));
  const after = afterOf(cursor, sort, order, "text");
  const page = { order, presentCount, after, limit: limit + 1 } as const;
  const query = { ...conditions, since, courseId: id, ...page };
  const { rows, keys, total } = await stored.listMembers(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: viewOf });
}

function sortedAs(sort: MemberFilter["sort"], presentCount: number | null): MemberFilter["sort"] {
  if ((presentCount ?? 0) <= MOST_SORTED_BY_NAME) return sort;
  return sort.startsWith("-") ? "-userId" : "userId";
}

/**
 * Takes a removed member back. A later whole roster that does not list the person decides anew.
 *
 * @throws Conflict  the member is not removed
 */
export async function restoreMember(
  caller: Caller,
  { courseId, userId }: { courseId: string; userId: string },
): Promise<MemberView> {
  return transaction(caller.db, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    const { id, registrationId } = course;
    const before = userId.includes("\u0000") ? null : await stored.findMember(tx, id, userId);
    if (!before) throw new NotFound("member", userId);
    const isRestored = await stored.restoreMember(tx, id, userId);
    if (!isRestored) throw new Conflict("the member is not removed");
    await recountMembers(tx, id);
    await audit(tx, caller.actor, {
      action: "member.restore",
      object: "course",
      objectId: id,
      detail: { userId },
    });
    await notify(tx, { courseId: id, registrationId });
    return viewOf({ ...before, removedAt: null, changedAt: caller.now() });
  });
}

function viewOf(row: stored.MemberRow): MemberView {
  return {
    userId: row.userId,
    roles: row.roles,
    status: row.status,
    name: row.name,
    givenName: row.givenName,
    familyName: row.familyName,
    email: row.email,
    lisPersonSourcedId: row.lisPersonSourcedId,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    changedAt: row.changedAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}
