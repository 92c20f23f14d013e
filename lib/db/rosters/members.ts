import type { Db } from "../client.ts";
import { Prisma, type Membership } from "../generated/client.ts";
import { containsText, countUpToMost, where } from "../lists/paging.ts";
import {
  type After,
  inOrderOf,
  type Order,
  orderedPage,
  scannedPage,
  type SortKey,
} from "../lists/sorting.ts";
import { eachColumn, memberColumns } from "./columns.ts";
import { hasStanding, type Standing } from "./standing.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, text, timestamptz } from "../rows/types.ts";

export const MEMBER_ROW = row({
  userId: text,
  ...memberColumns,
  launchRoles: array(text),
  firstSeenAt: timestamptz,
  changedAt: timestamptz,
  removedAt: timestamptz.nullable,
  /** Of somebody present: when the roster was last read. */
  lastSeenAt: timestamptz.nullable,
});

export type MemberRow = RowOf<typeof MEMBER_ROW>;

export type MemberFilter = {
  courseId: string;
  q?: string;
  userId?: string;
  email?: string;
  lisPersonSourcedId?: string;
  lti11LegacyUserId?: string;
  role?: Standing;
  groupId?: string;
  presence: "present" | "removed" | "all";
  /** Overrides `presence`. */
  change?: "added" | "changed" | "removed";
  since?: Date;
};

export type MemberQuery = MemberFilter & {
  /** By user ID the members of the page are read; in any other order, all of the course. */
  order: Order;
  after?: After;
  limit: number;
  /** How many are present, where that is known. */
  presentCount?: number | null;
};

/** `keys` are the sort keys of the rows. */
export async function listMembers(
  db: Db,
  query: MemberQuery,
): Promise<{ rows: MemberRow[]; keys: After[]; total: number }> {
  const { keys, total } = await pageOfMembers(db, query);
  const ids = keys.map(({ id }) => id);
  const rows = await db.rows(
    MEMBER_ROW,
    Prisma.sql`
    SELECT ${MEMBER_SELECT}
      FROM membership m JOIN course c ON c.id = m.course_id
     WHERE m.course_id = ${query.courseId}::uuid AND m.user_id = ANY (${ids}::text[])`,
  );
  return { rows: inOrderOf(keys, rows, ({ userId }) => userId), keys, total };
}

const LISTED_COLUMNS = Prisma.raw(eachColumn(({ field, column }) => `m.${column} AS "${field}"`));

/** The columns of a member's row, over `membership m JOIN course c`. */
export const MEMBER_SELECT = Prisma.sql`
  m.user_id AS "userId", ${LISTED_COLUMNS}, coalesce(m.launch_roles, '{}') AS "launchRoles",
  m.first_seen_at AS "firstSeenAt", m.changed_at AS "changedAt", m.removed_at AS "removedAt",
  coalesce(m.last_seen_at, c.roster_synced_at) AS "lastSeenAt"`;

async function pageOfMembers(db: Db, query: MemberQuery) {
  const { after, limit, order, presentCount, ...filter } = query;
  const conditions = conditionsOf(filter);
  const from = Prisma.sql`membership m`;
  const page = { from, conditions, order, id: USER_ID, idIs: "text", after, limit } as const;
  if (order.value !== USER_ID || filter.q !== undefined) return scannedPage(db, page);
  const [keys, total] = await Promise.all([
    orderedPage(db, page),
    isAllPresent(filter) && presentCount
      ? presentCount
      : countUpToMost(db, Prisma.sql`FROM membership m ${where(conditions)}`),
  ]);
  return { keys, total };
}

const USER_ID = Prisma.sql`m.user_id`;
const SOURCED_ID = Prisma.sql`m.lis_person_sourcedid`;
const LEGACY_ID = Prisma.sql`m.lti11_legacy_user_id`;

const NAME_OR_ID = Prisma.sql`coalesce(nullif(m.name, ''), m.user_id)`;

/** What members can be ordered by; who has no name stands under the user ID. */
export const MEMBER_ORDERS = {
  name: { value: NAME_OR_ID, is: "text" },
  userId: { value: USER_ID, is: "text" },
  email: { value: Prisma.sql`coalesce(m.email, '')`, is: "text" },
  firstSeenAt: { value: Prisma.sql`m.first_seen_at`, is: "time" },
  changedAt: { value: Prisma.sql`m.changed_at`, is: "time" },
} satisfies Record<string, SortKey>;

function isAllPresent({ presence, ...filter }: MemberFilter): boolean {
  const { q, userId, email, lisPersonSourcedId, lti11LegacyUserId, role, groupId, change } = filter;
  return (
    [q, userId, email, lisPersonSourcedId, lti11LegacyUserId, role, groupId, change].every(
      (filter) => filter === undefined,
    ) && presence === "present"
  );
}

function conditionsOf(filter: MemberFilter) {
  const { courseId, q, role, groupId, presence, change, since } = filter;
  const { userId, email, lisPersonSourcedId, lti11LegacyUserId } = filter;
  return [
    Prisma.sql`m.course_id = ${courseId}::uuid`,
    change === undefined && presence === "present" && Prisma.sql`m.removed_at IS NULL`,
    change === undefined && presence === "removed" && Prisma.sql`m.removed_at IS NOT NULL`,
    change && CHANGED[change](since ?? new Date(0)),
    userId !== undefined && Prisma.sql`m.user_id = ${userId}`,
    email !== undefined && Prisma.sql`lower(m.email) = lower(${email})`,
    lisPersonSourcedId !== undefined && Prisma.sql`${SOURCED_ID} = ${lisPersonSourcedId}`,
    lti11LegacyUserId !== undefined && Prisma.sql`${LEGACY_ID} = ${lti11LegacyUserId}`,
    q !== undefined &&
      containsText([Prisma.sql`m.name`, Prisma.sql`m.email`, USER_ID, SOURCED_ID, LEGACY_ID], q),
    role !== undefined && hasStanding(role),
    groupId !== undefined && Prisma.sql`${groupId} = ANY (string_to_array(m.group_ids, E'\\n'))`,
  ];
}

const CHANGED = {
  added: (since: Date) => Prisma.sql`m.removed_at IS NULL AND m.first_seen_at >= ${since}`,
  changed: (since: Date) =>
    Prisma.sql`m.removed_at IS NULL AND m.changed_at >= ${since} AND m.changed_at > m.first_seen_at`,
  removed: (since: Date) => Prisma.sql`m.removed_at >= ${since}`,
};

/** Takes a removed member back; false when nobody of that user ID is removed. */
export async function restoreMember(db: Db, courseId: string, userId: string): Promise<boolean> {
  const { count } = await db.prisma.membership.updateMany({
    where: { courseId, userId, removedAt: { not: null } },
    data: { removedAt: null, changedAt: new Date() },
  });
  return count === 1;
}

export async function findMember(
  db: Db,
  courseId: string,
  userId: string,
): Promise<Membership | null> {
  return db.prisma.membership.findUnique({ where: { courseId_userId: { courseId, userId } } });
}

export async function memberName(db: Db, courseId: string, userId: string): Promise<string | null> {
  const member = await db.prisma.membership.findUnique({
    where: { courseId_userId: { courseId, userId } },
    select: { name: true },
  });
  return member?.name || null;
}
