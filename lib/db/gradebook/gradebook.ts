import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { ProofState, ScoreState } from "../generated/enums.ts";
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
