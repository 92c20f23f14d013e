import type { Tx } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { Membership } from "./generated/client.ts";
import { containsText, countUpToMost, where, type Window } from "./paging.ts";

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
};

/** By name; who has none stands under the user ID. */
export async function listMembers(
  tx: Tx,
  query: MemberQuery,
): Promise<{ rows: MemberRow[]; total: number }> {
  const conditions = conditionsOf(query);
  const { after } = query;
  const isAfter =
    after && Prisma.sql`(${SORT_NAME}, m.user_id) > (${after.sortName}, ${after.userId})`;
  const [rows, total] = await Promise.all([
    tx.$queryRaw<MemberRow[]>`
      SELECT m.user_id AS "userId", m.roles, m.status::text AS status, m.name,
             m.given_name AS "givenName", m.middle_name AS "middleName",
             m.family_name AS "familyName", m.email, m.picture,
             m.lis_person_sourcedid AS "lisPersonSourcedId", m.first_seen_at AS "firstSeenAt",
             m.changed_at AS "changedAt", m.removed_at AS "removedAt",
             coalesce(m.last_seen_at, c.roster_synced_at) AS "lastSeenAt", ${SORT_NAME} AS "sortName"
        FROM membership m JOIN course c ON c.id = m.course_id ${where([...conditions, isAfter])}
       ORDER BY ${SORT_NAME}, m.user_id LIMIT ${query.limit}`,
    countUpToMost(tx, Prisma.sql`FROM membership m ${where(conditions)}`),
  ]);
  return { rows, total };
}

const SORT_NAME = Prisma.sql`coalesce(nullif(m.name, ''), m.user_id)`;

// The two principal roles and their sub-roles, such as …/membership/Instructor#TeachingAssistant.
const ROLE_PATTERN = {
  learner: "membership(#Learner$|/Learner#)",
  instructor: "membership(#Instructor$|/Instructor#)",
};

function conditionsOf({ courseId, q, role, presence, change, since }: MemberQuery) {
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
