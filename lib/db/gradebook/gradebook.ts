import { roleUri } from "#lib/lti/roles.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { ProofState, ScoreState } from "../generated/enums.ts";
import { containsText, where } from "../lists/paging.ts";
import { TEACHES } from "../rosters/standing.ts";
import { LEFT_ALONE } from "../scores/decisions/left-alone.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { float8, int4, oneOf, text, timestamptz, uuid } from "../rows/types.ts";

const columnRow = row({
  id: uuid,
  label: text,
  scoreMaximum: float8,
  goneAt: timestamptz.nullable,
  total: int4,
});
export type GradebookColumnRow = RowOf<typeof columnRow>;

/** A window of a course's columns, oldest first; each row has the count of all. */
export function gradebookColumns(
  db: Db,
  { courseId, from, limit }: { courseId: string; from: number; limit: number },
): Promise<GradebookColumnRow[]> {
  return db.rows(
    columnRow,
    Prisma.sql`
    SELECT li.id, li.label, li.score_maximum AS "scoreMaximum", li.gone_at AS "goneAt",
           (count(*) OVER ())::int AS total
      FROM line_item li WHERE li.course_id = ${courseId}::uuid AND li.deleted_by IS NULL
     ORDER BY li.created_at, li.id OFFSET ${from} LIMIT ${limit}`,
  );
}

const personRow = row({ userId: text, name: text.nullable, key: text, total: int4 });
export type GradebookPersonRow = RowOf<typeof personRow>;

export type GradebookState = "sent" | "waiting" | "rejected" | "proven" | "differs";

/** Of a `score s`; a score refused or waiting is that, whatever an earlier verification found. */
const IN_STATE: Record<GradebookState, Prisma.Sql> = {
  waiting: Prisma.sql`s.state IN ('pending', 'sending')`,
  rejected: Prisma.sql`s.state = 'rejected'`,
  proven: Prisma.sql`s.state = 'sent' AND s.proof = 'same'`,
  differs: Prisma.sql`(s.state = 'conflict'
    OR (s.state = 'sent' AND s.proof IN ('differs', 'missing')))`,
  sent: Prisma.sql`s.state = 'sent' AND NOT ${LEFT_ALONE}
    AND (s.proof IS NULL OR s.proof = 'unreadable')`,
};

/** Most people are that and nothing else; to look through every role of ten thousand takes long. */
const IS_PLAIN_LEARNER = Prisma.sql`(m.roles = ARRAY[${roleUri("Learner")}] AND m.launch_roles = '{}')`;

/** Who has a score; beside them the course's people, but for teachers. */
function peopleSql(courseId: string, byName: boolean): Prisma.Sql {
  const key = byName
    ? Prisma.sql`lower(coalesce(m.name, s.user_id, m.user_id))`
    : Prisma.sql`coalesce(s.user_id, m.user_id)`;
  return Prisma.sql`
    (SELECT coalesce(s.user_id, m.user_id) AS "userId", m.name, ${key} AS key
       FROM (SELECT DISTINCT s.user_id
               FROM line_item li JOIN score s ON s.line_item_id = li.id
              WHERE li.course_id = ${courseId}::uuid AND li.deleted_by IS NULL) s
       FULL JOIN (SELECT m.* FROM membership m WHERE m.course_id = ${courseId}::uuid) m
         ON m.user_id = s.user_id
      WHERE s.user_id IS NOT NULL
         OR (m.removed_at IS NULL AND (${IS_PLAIN_LEARNER} OR NOT ${TEACHES}))) p`;
}

export type GradebookPeopleQuery = {
  courseId: string;
  q?: string;
  state?: GradebookState;
  byName: boolean;
  after?: readonly string[];
  limit: number;
};

/** By name, or by user ID; the total counts every page. */
export async function gradebookPeople(
  db: Db,
  { courseId, q, state, byName, after, limit }: GradebookPeopleQuery,
): Promise<{ rows: GradebookPersonRow[]; total: number }> {
  const [key, userId] = after ?? [];
  const hasState =
    state &&
    Prisma.sql`EXISTS (SELECT FROM line_item li JOIN score s ON s.line_item_id = li.id
      WHERE li.course_id = ${courseId}::uuid AND li.deleted_by IS NULL
        AND s.user_id = p."userId" AND ${IN_STATE[state]})`;
  const matches = [
    q !== undefined && containsText([Prisma.sql`p."userId"`, Prisma.sql`p.name`], q),
    hasState,
  ];
  const isAfter = after && Prisma.sql`(f.key, f."userId") > (${key}, ${userId})`;
  const rows = await db.rows(
    personRow,
    Prisma.sql`
    WITH f AS MATERIALIZED (SELECT p.* FROM ${peopleSql(courseId, byName)} ${where(matches)})
    SELECT f."userId", f.name, f.key, (SELECT count(*) FROM f)::int AS total FROM f
    ${where([isAfter])} ORDER BY f.key, f."userId" LIMIT ${limit}`,
  );
  return { rows, total: rows[0]?.total ?? 0 };
}

const cellRow = row({
  userId: text,
  lineItemId: uuid,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  platformScore: float8.nullable,
  state: oneOf([...Object.values(ScoreState), "skipped", "not_ours"]),
  proof: oneOf(Object.values(ProofState)).nullable,
});
export type GradebookCellRow = RowOf<typeof cellRow>;

/** The scores of these people in these columns, and the platform's results that nobody here sent. */
export function gradebookCells(
  db: Db,
  lineItemIds: readonly string[],
  userIds: readonly string[],
): Promise<GradebookCellRow[]> {
  const columns = Prisma.sql`${[...lineItemIds]}::uuid[]`;
  const people = Prisma.sql`${[...userIds]}::text[]`;
  return db.rows(
    cellRow,
    Prisma.sql`
    SELECT s.user_id AS "userId", s.line_item_id AS "lineItemId", s.score_given AS "scoreGiven",
           s.score_maximum AS "scoreMaximum", coalesce(s.platform_score, s.proof_score) AS "platformScore",
           CASE WHEN ${LEFT_ALONE} THEN 'skipped' ELSE s.state::text END AS state,
           s.proof::text AS proof
      FROM score s WHERE s.line_item_id = ANY (${columns}) AND s.user_id = ANY (${people})
    UNION ALL
    SELECT f.user_id, f.line_item_id, f.result_score, f.result_maximum, f.result_score,
           'not_ours', NULL
      FROM foreign_result f WHERE f.line_item_id = ANY (${columns}) AND f.user_id = ANY (${people})`,
  );
}
