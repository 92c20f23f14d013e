import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { IMPERSONAL_FIELDS } from "#lib/db/rosters/columns.ts";
import * as stored from "#lib/db/rosters/members.ts";
import { recountMembers } from "#lib/db/rosters/memberships.ts";
import { standingOf } from "#lib/lti/index.ts";
import { recordRosterReading } from "../audit/reading.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit, seesNames } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict, NotFound, NotPermitted } from "../errors.ts";
import type { Page } from "../fields.ts";
import { MemberFilter, type MemberView } from "../courses/schema.ts";
import { validated } from "../validated.ts";

/** To sort more members than this takes longer than a page may, but for the index by user ID. */
const MOST_SORTED_BY_NAME = 20_000;

/**
 * By name, unless `sort` says otherwise; by user ID instead in very large courses, and for who
 * does not see names.
 *
 * @throws NotPermitted  a search by text, by who does not see names: it would find them out
 */
export async function listMembers(
  asker: Asker,
  { courseId, ...filter }: { courseId: string } & Partial<MemberFilter>,
): Promise<Page<MemberView>> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit, sort, since: asked, ...conditions } = validated(MemberFilter, filter);
  const names = seesNames(caller.actor);
  if (!names && conditions.q !== undefined) throw new NotPermitted("read:names");
  const { id, rosterMemberCount: presentCount } = await requiredCourse(caller.db, courseId);
  const since = asked === undefined ? undefined : new Date(asked);
  const order = orderOf(stored.MEMBER_ORDERS, sortedAs(sort, { presentCount, names }));
  const after = afterOf(cursor, sort, order, "text");
  const page = { order, presentCount, after, limit: limit + 1 } as const;
  const query = { ...conditions, since, courseId: id, ...page };
  await recordRosterReading(caller, id);
  const { rows, keys, total } = await stored.listMembers(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => memberView(row, names) });
}

function sortedAs(
  sort: MemberFilter["sort"],
  { presentCount, names }: { presentCount: number | null; names: boolean },
): MemberFilter["sort"] {
  const isPersonal = /^-?(name|email)$/.test(sort);
  if ((presentCount ?? 0) <= MOST_SORTED_BY_NAME && (names || !isPersonal)) return sort;
  return sort.startsWith("-") ? "-userId" : "userId";
}

/**
 * Takes a removed member back. A later whole roster that does not list the person decides again.
 *
 * @throws Conflict  the member is not removed
 */
export async function restoreMember(
  asker: Asker,
  { courseId, userId }: { courseId: string; userId: string },
): Promise<MemberView> {
  const caller = await permit(asker, "runs:write", { courseId });
  return transaction(caller.db, async (tx) => {
    const course = await requiredCourse(tx, courseId);
    const { id, registrationId } = course;
    const before = userId.includes("\u0000") ? null : await stored.findMember(tx, id, userId);
    if (!before) throw new NotFound("member", userId);
    const isRestored = await stored.restoreMember(tx, id, userId);
    if (!isRestored) throw new Conflict("the member is not removed");
    await recountMembers(tx, id);
    await audit(tx, caller, {
      action: "member.restore",
      object: "course",
      objectId: id,
      detail: { userId },
    });
    await notify(tx, { courseId: id, registrationId });
    const restored = { ...before, removedAt: null, changedAt: caller.now() };
    return memberView(restored, seesNames(caller.actor));
  });
}

/** What does not tell who somebody is. Whatever else a member has is hidden with the names. */
const IMPERSONAL = [
  ...IMPERSONAL_FIELDS,
  "userId",
  "standing",
  "firstSeenAt",
  "lastSeenAt",
  "changedAt",
  "removedAt",
] as const satisfies (keyof MemberView)[];

/** A member as one sees them who may see names, or who may not. */
export function memberView(row: stored.MemberRow, names: boolean): MemberView {
  const view = fullView(row);
  return names ? view : { ...view, ...hidden(view) };
}

type Personal = Omit<MemberView, (typeof IMPERSONAL)[number]>;

function hidden(view: MemberView): { [Field in keyof Personal]: null } {
  const shown = new Set<string>(IMPERSONAL);
  const personal = Object.keys(view).filter((field) => !shown.has(field));
  return Object.fromEntries(personal.map((field) => [field, null])) as ReturnType<typeof hidden>;
}

function fullView(row: stored.MemberRow): MemberView {
  return {
    userId: row.userId,
    roles: row.roles,
    standing: standingOf(row.roles, row.launchRoles),
    status: row.status,
    groupIds: row.groupIds?.split("\n").filter(Boolean) ?? [],
    name: row.name,
    givenName: row.givenName,
    familyName: row.familyName,
    email: row.email,
    lisPersonSourcedId: row.lisPersonSourcedId,
    lti11LegacyUserId: row.lti11LegacyUserId,
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    changedAt: row.changedAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}
