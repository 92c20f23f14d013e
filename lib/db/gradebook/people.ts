import { roleUri } from "#lib/lti/roles.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { containsText } from "../lists/paging.ts";
import { type After, scannedPage } from "../lists/sorting.ts";
import { TEACHES } from "../rosters/standing.ts";
import { row } from "../rows/shape.ts";
import { array, bool, int4, uuid } from "../rows/types.ts";
import { type GradebookState, IN_STATE } from "./states.ts";

export type GradebookPersonRow = { userId: string; name: string | null; key: string };

export type GradebookPeopleQuery = {
  courseId: string;
  q?: string;
  state?: GradebookState;
  /** Else by user ID. */
  byName: boolean;
  after?: After;
  limit: number;
};

/**
 * A page of who has a score in the course, and of its people but for teachers; the total counts
 * every page. Each person is looked at once. The scores of those on other pages are not: that
 * somebody has one stands in `scored_person`.
 */
export async function gradebookPeople(
  db: Db,
  query: GradebookPeopleQuery,
): Promise<{ rows: GradebookPersonRow[]; total: number }> {
  const { courseId, q, after, limit } = query;
  const { keys, total } = await scannedPage(db, {
    from: await peopleOf(db, query),
    conditions: [q !== undefined && containsText([Prisma.sql`p.user_id`, Prisma.sql`p.name`], q)],
    order: { value: Prisma.sql`p.key`, is: "text", descending: false },
    id: Prisma.sql`p.user_id`,
    idIs: "text",
    after,
    limit,
  });
  const members = await db.prisma.membership.findMany({
    where: { courseId, userId: { in: keys.map(({ id }) => id) } },
    select: { userId: true, name: true },
  });
  const names = new Map(members.map(({ userId, name }) => [userId, name || null]));
  const rows = keys.map(({ id, key }) => ({ userId: id, key, name: names.get(id) ?? null }));
  return { rows, total };
}

/** From so many scores on it is cheaper to begin with the people than with these. */
const COMMON = 50_000;

async function peopleOf(db: Db, query: GradebookPeopleQuery): Promise<Prisma.Sql> {
  const { state } = query;
  const columns = await columnsOf(db, query.courseId);
  if (!state) return everybody(query, columns);
  return (await isCommon(db, state, columns))
    ? everybody(query, columns)
    : peopleInState(query, columns);
}

/** `shown`: IDs of the line items that were not deleted from here. */
type Columns = { shown: string[]; hasDeleted: boolean; proven: number };

const columnsRow = row({ shown: array(uuid), hasDeleted: bool, proven: int4 });

async function columnsOf(db: Db, courseId: string): Promise<Columns> {
  const rows = await db.rows(
    columnsRow,
    Prisma.sql`
    SELECT coalesce(array_agg(li.id) FILTER (WHERE li.deleted_by IS NULL), '{}') AS shown,
           coalesce(bool_or(li.deleted_by IS NOT NULL), false) AS "hasDeleted",
           (SELECT coalesce(sum(p.same), 0)::int FROM proof_count p
             WHERE p.course_id = ${courseId}::uuid) AS proven
      FROM line_item li WHERE li.course_id = ${courseId}::uuid`,
  );
  return rows[0]!;
}

const commonRow = row({ isCommon: bool });

async function isCommon(db: Db, state: GradebookState, columns: Columns): Promise<boolean> {
  if (state === "proven") return columns.proven >= COMMON;
  const rows = await db.rows(
    commonRow,
    Prisma.sql`
    SELECT count(*) = ${COMMON} AS "isCommon" FROM (
      SELECT FROM score s WHERE ${isIn(columns)} AND ${IN_STATE[state]} LIMIT ${COMMON}) found`,
  );
  return rows[0]!.isCommon;
}

/** True of a `score s` in one of the columns. */
const isIn = ({ shown }: Columns) => Prisma.sql`s.line_item_id = ANY (${shown}::uuid[])`;

const keyOf = (byName: boolean, name: Prisma.Sql, userId: Prisma.Sql) =>
  byName ? Prisma.sql`lower(coalesce(nullif(${name}, ''), ${userId}))` : userId;

const NOBODY = Prisma.sql`(SELECT '' AS user_id, NULL::text AS name, '' AS key WHERE false) p`;

/** Few scores are in the state: their people. */
function peopleInState(
  { courseId, state, byName }: GradebookPeopleQuery,
  columns: Columns,
): Prisma.Sql {
  // None is known at once; to find it out by the scores would take all of them.
  if (state === "proven" && columns.proven === 0) return NOBODY;
  return Prisma.sql`
    (SELECT s.user_id, m.name, ${keyOf(byName, Prisma.sql`m.name`, Prisma.sql`s.user_id`)} AS key
       FROM (SELECT DISTINCT s.user_id FROM score s
              WHERE ${isIn(columns)} AND ${IN_STATE[state!]}) s
       LEFT JOIN membership m ON m.course_id = ${courseId}::uuid AND m.user_id = s.user_id) p`;
}

/** Most people are that and nothing else; to look through every role of ten thousand takes long. */
const IS_PLAIN_LEARNER = Prisma.sql`(m.roles = ARRAY[${roleUri("Learner")}] AND m.launch_roles = '{}')`;

/** The roster, and who has a score but never was on it. */
function everybody(
  { courseId, state, byName }: GradebookPeopleQuery,
  columns: Columns,
): Prisma.Sql {
  const { hasDeleted } = columns;
  const [member, other] = [Prisma.sql`m.user_id`, Prisma.sql`o.user_id`];
  const has = (userId: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM score s WHERE ${isIn(columns)} AND s.user_id = ${userId}
       ${state ? Prisma.sql`AND ${IN_STATE[state]}` : Prisma.empty})`;
  const hasShown = (userId: Prisma.Sql) =>
    state || hasDeleted ? has(userId) : Prisma.sql`(NOT o.had_withdrawn OR ${has(userId)})`;
  const isScored = Prisma.sql`(m.user_id IN (
    SELECT o.user_id FROM scored_person o
     WHERE o.course_id = ${courseId}::uuid AND ${hasDeleted ? Prisma.sql`true` : hasShown(other)})
    ${hasDeleted ? Prisma.sql`AND ${has(member)}` : Prisma.empty})`;
  const isListed = Prisma.sql`(m.removed_at IS NULL AND (${IS_PLAIN_LEARNER} OR NOT ${TEACHES}))`;
  return Prisma.sql`
    (SELECT m.user_id, m.name, ${keyOf(byName, Prisma.sql`m.name`, member)} AS key
       FROM membership m WHERE m.course_id = ${courseId}::uuid
        AND ${state ? has(member) : Prisma.sql`(${isListed} OR ${isScored})`}
     UNION ALL
     SELECT o.user_id, NULL, ${keyOf(byName, Prisma.sql`NULL::text`, other)}
       FROM scored_person o WHERE o.course_id = ${courseId}::uuid
        AND NOT EXISTS (SELECT FROM membership m
                         WHERE m.course_id = ${courseId}::uuid AND m.user_id = o.user_id)
        AND ${hasShown(other)}) p`;
}
