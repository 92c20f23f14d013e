import type { Tx } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { Membership } from "./generated/client.ts";
import { containsText, where, type Window } from "./paging.ts";

export type MemberRow = Omit<Membership, "courseId"> & { sortName: string };

export type MemberQuery = Window<{ sortName: string; userId: string }> & {
  courseId: string;
  q?: string;
  role?: "learner" | "instructor" | "other";
  presence: "present" | "removed" | "all";
};

/** By name; who has none stands under the user ID. The total counts every page. */
export async function listMembers(
  tx: Tx,
  query: MemberQuery,
): Promise<{ rows: MemberRow[]; total: number }> {
  const conditions = conditionsOf(query);
  const { after } = query;
  const isAfter =
    after && Prisma.sql`(${SORT_NAME}, m.user_id) > (${after.sortName}, ${after.userId})`;
  const [rows, counted] = await Promise.all([
    tx.$queryRaw<MemberRow[]>`
      SELECT m.user_id AS "userId", m.roles, m.status::text AS status, m.name,
             m.given_name AS "givenName", m.middle_name AS "middleName",
             m.family_name AS "familyName", m.email, m.picture,
             m.lis_person_sourcedid AS "lisPersonSourcedId", m.first_seen_at AS "firstSeenAt",
             m.changed_at AS "changedAt", m.removed_at AS "removedAt", ${SORT_NAME} AS "sortName"
        FROM membership m ${where([...conditions, isAfter])}
       ORDER BY ${SORT_NAME}, m.user_id LIMIT ${query.limit}`,
    tx.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM membership m ${where(conditions)}`,
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
}

const SORT_NAME = Prisma.sql`coalesce(nullif(m.name, ''), m.user_id)`;

// The two principal roles and their sub-roles, such as …/membership/Instructor#TeachingAssistant.
const ROLE_PATTERN = {
  learner: "membership(#Learner$|/Learner#)",
  instructor: "membership(#Instructor$|/Instructor#)",
};

function conditionsOf({ courseId, q, role, presence }: MemberQuery) {
  return [
    Prisma.sql`m.course_id = ${courseId}::uuid`,
    presence === "present" && Prisma.sql`m.removed_at IS NULL`,
    presence === "removed" && Prisma.sql`m.removed_at IS NOT NULL`,
    q !== undefined &&
      containsText([Prisma.sql`m.name`, Prisma.sql`m.email`, Prisma.sql`m.user_id`], q),
    role === "other" &&
      Prisma.sql`NOT (${holds(ROLE_PATTERN.learner)} OR ${holds(ROLE_PATTERN.instructor)})`,
    (role === "learner" || role === "instructor") && holds(ROLE_PATTERN[role]),
  ];
}

function holds(pattern: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM unnest(m.roles) AS role WHERE role ~ ${pattern})`;
}

export async function memberName(tx: Tx, courseId: string, userId: string): Promise<string | null> {
  const member = await tx.membership.findUnique({
    where: { courseId_userId: { courseId, userId } },
    select: { name: true },
  });
  return member?.name || null;
}
