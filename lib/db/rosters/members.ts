import type { Tx } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { Membership } from "../generated/client.ts";
import { containsText, countUpToMost, pageOfScan, where, type Window } from "../paging.ts";

/** `lastSeenAt` of somebody present is when the roster was last read. */
export type MemberRow = Omit<Membership, "courseId"> & { sortName: string };

export type MemberQuery = Window<{ sortName: string; userId: string }> & {
  courseId: string;
  q?: string;
  role?: "learner" | "instructor" | "other";
  presence: "present" | "removed" | "all";
  /** Overrides `presence`. */
  change?: "added" | "changed" | "removed";
  since?: Date;
  /** To sort a course by name, all its members are read; by user ID, those of the page. */
  order: "name" | "user_id";
  /** How many are present, where that is known. */
  presentCount?: number | null;
};

/** By name, where who has none stands under the user ID; or by user ID. */
export async function listMembers(
  tx: Tx,
  query: MemberQuery,
): Promise<{ rows: MemberRow[]; total: number }> {
  const sortName = query.order === "name" ? NAME_OR_ID : Prisma.sql`m.user_id`;
  const { ids, total } = await pageOfMembers(tx, query, sortName);
  const rows = await tx.$queryRaw<MemberRow[]>`
    SELECT m.user_id AS "userId", m.roles, m.status::text AS status, m.name,
           m.given_name AS "givenName", m.middle_name AS "middleName",
           m.family_name AS "familyName", m.email, m.picture,
           m.lis_person_sourcedid AS "lisPersonSourcedId", m.first_seen_at AS "firstSeenAt",
           m.changed_at AS "changedAt", m.removed_at AS "removedAt",
           coalesce(m.last_seen_at, c.roster_synced_at) AS "lastSeenAt", ${sortName} AS "sortName"
      FROM membership m JOIN course c ON c.id = m.course_id
     WHERE m.course_id = ${query.courseId}::uuid AND m.user_id = ANY (${ids}::text[])
     ORDER BY ${sortName}, m.user_id`;
  return { rows, total };
}

async function pageOfMembers(tx: Tx, query: MemberQuery, sortName: Prisma.Sql) {
  const { after, limit, order, presentCount, ...filter } = query;
  const conditions = conditionsOf(filter);
  if (order === "name" || filter.q !== undefined)
    return pageOfScan(tx, {
      from: Prisma.sql`membership m`,
      conditions,
      name: sortName,
      id: Prisma.sql`m.user_id`,
      isAfter: after && Prisma.sql`(name, id) > (${after.sortName}, ${after.userId})`,
      limit,
    });
  const isAfter = after && Prisma.sql`m.user_id > ${after.userId}`;
  const [page, total] = await Promise.all([
    tx.$queryRaw<{ id: string }[]>`
      SELECT m.user_id AS id FROM membership m ${where([...conditions, isAfter])}
       ORDER BY m.user_id LIMIT ${limit}`,
    isAllPresent(filter) && presentCount
      ? presentCount
      : countUpToMost(tx, Prisma.sql`FROM membership m ${where(conditions)}`),
  ]);
  return { ids: page.map(({ id }) => id), total };
}

const NAME_OR_ID = Prisma.sql`coalesce(nullif(m.name, ''), m.user_id)`;

// The two principal roles and their sub-roles, such as …/membership/Instructor#TeachingAssistant.
const ROLE_PATTERN = {
  learner: "membership(#Learner$|/Learner#)",
  instructor: "membership(#Instructor$|/Instructor#)",
};

type MemberFilter = Omit<MemberQuery, "after" | "limit" | "order" | "presentCount">;

function isAllPresent({ q, role, presence, change }: MemberFilter): boolean {
  return [q, role, change].every((filter) => filter === undefined) && presence === "present";
}

function conditionsOf({ courseId, q, role, presence, change, since }: MemberFilter) {
  return [
    Prisma.sql`m.course_id = ${courseId}::uuid`,
    change === undefined && presence === "present" && Prisma.sql`m.removed_at IS NULL`,
    change === undefined && presence === "removed" && Prisma.sql`m.removed_at IS NOT NULL`,
    change && CHANGED[change](since ?? new Date(0)),
    q !== undefined &&
      containsText([Prisma.sql`m.name`, Prisma.sql`m.email`, Prisma.sql`m.user_id`], q),
    role === "other" &&
      Prisma.sql`NOT (${holds(ROLE_PATTERN.learner)} OR ${holds(ROLE_PATTERN.instructor)})`,
    (role === "learner" || role === "instructor") && holds(ROLE_PATTERN[role]),
  ];
}

const CHANGED = {
  added: (since: Date) => Prisma.sql`m.removed_at IS NULL AND m.first_seen_at >= ${since}`,
  changed: (since: Date) =>
    Prisma.sql`m.removed_at IS NULL AND m.changed_at >= ${since} AND m.changed_at > m.first_seen_at`,
  removed: (since: Date) => Prisma.sql`m.removed_at >= ${since}`,
};

function holds(pattern: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM unnest(m.roles) AS role WHERE role ~ ${pattern})`;
}

/** Takes a removed member back; false when nobody of that user ID is removed. */
export async function restoreMember(tx: Tx, courseId: string, userId: string): Promise<boolean> {
  const { count } = await tx.membership.updateMany({
    where: { courseId, userId, removedAt: { not: null } },
    data: { removedAt: null, changedAt: new Date() },
  });
  return count === 1;
}

export async function findMember(
  tx: Tx,
  courseId: string,
  userId: string,
): Promise<Membership | null> {
  return tx.membership.findUnique({ where: { courseId_userId: { courseId, userId } } });
}

export async function memberName(tx: Tx, courseId: string, userId: string): Promise<string | null> {
  const member = await tx.membership.findUnique({
    where: { courseId_userId: { courseId, userId } },
    select: { name: true },
  });
  return member?.name || null;
}
