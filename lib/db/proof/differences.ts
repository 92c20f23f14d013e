import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { ProofCause } from "../generated/enums.ts";
import { containsText, countUpToMost, where } from "../lists/paging.ts";
import { idRow, row, type RowOf } from "../rows/shape.ts";
import { float8, oneOf, text, timestamptz, uuid } from "../rows/types.ts";

const differenceRow = row({
  id: text,
  scoreId: uuid.nullable,
  lineItemId: uuid,
  lineItemLabel: text,
  userId: text,
  name: text.nullable,
  finding: oneOf(["differs", "missing", "unreadable", "not_ours"]),
  cause: oneOf([...Object.values(ProofCause), "not_ours"]),
  ourScore: float8.nullable,
  ourMaximum: float8.nullable,
  platformScore: float8.nullable,
  platformMaximum: float8.nullable,
  leftBy: text.nullable,
  seenAt: timestamptz,
});

export type DifferenceRow = RowOf<typeof differenceRow>;

export type DifferenceFilter = {
  courseId: string;
  finding?: DifferenceRow["finding"];
  lineItemId?: string;
  q?: string;
  left?: boolean;
};

/** Scores whose last verification did not find what was sent, and results that nobody here sent. */
const DIFFERENCES = (courseId: string) => Prisma.sql`
  (SELECT s.id::text AS id, s.id AS "scoreId", li.id AS "lineItemId", li.label AS "lineItemLabel",
          s.user_id AS "userId", m.name, s.proof::text AS finding, s.proof_cause::text AS cause,
          s.score_given AS "ourScore", s.score_maximum AS "ourMaximum",
          s.proof_score AS "platformScore", s.proof_maximum AS "platformMaximum",
          s.proof_left_by AS "leftBy", s.proved_at AS "seenAt"
     FROM line_item li JOIN score s ON s.line_item_id = li.id
     LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = s.user_id
    WHERE li.course_id = ${courseId}::uuid AND li.deleted_by IS NULL AND s.proof IN ('differs', 'missing', 'unreadable')
      AND s.state IN ('sent', 'rejected')
    UNION ALL
   SELECT li.id::text || ' ' || f.user_id, NULL, li.id, li.label, f.user_id, m.name, 'not_ours',
          'not_ours', NULL, NULL, f.result_score, f.result_maximum, NULL, f.seen_at
     FROM line_item li JOIN foreign_result f ON f.line_item_id = li.id
     LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = f.user_id
    WHERE li.course_id = ${courseId}::uuid AND li.deleted_by IS NULL) d`;

function conditionsOf({ finding, lineItemId, q, left }: DifferenceFilter) {
  return [
    finding !== undefined && Prisma.sql`d.finding = ${finding}`,
    lineItemId !== undefined && Prisma.sql`d."lineItemId" = ${lineItemId}::uuid`,
    left !== undefined && Prisma.sql`(d."leftBy" IS NOT NULL) = ${left}`,
    q !== undefined && containsText([Prisma.sql`d."userId"`, Prisma.sql`d.name`], q),
  ];
}

/** By column and person. */
export async function listDifferences(
  db: Db,
  { after, limit, ...filter }: DifferenceFilter & { after?: readonly string[]; limit: number },
): Promise<{ rows: DifferenceRow[]; total: number }> {
  const conditions = conditionsOf(filter);
  const [label, userId, id] = after ?? [];
  const isAfter =
    after !== undefined &&
    Prisma.sql`(d."lineItemLabel", d."userId", d.id) > (${label}, ${userId}, ${id})`;
  const [rows, total] = await Promise.all([
    db.rows(
      differenceRow,
      Prisma.sql`
      SELECT d.* FROM ${DIFFERENCES(filter.courseId)} ${where([...conditions, isAfter])}
       ORDER BY d."lineItemLabel", d."userId", d.id LIMIT ${limit}`,
    ),
    countUpToMost(db, Prisma.sql`FROM ${DIFFERENCES(filter.courseId)} ${where(conditions)}`),
  ]);
  return { rows, total };
}

/** The open differences of a course among these scores, or that match; locked. */
export async function lockDifferences(
  db: Db,
  { courseId, scoreIds, ...filter }: DifferenceFilter & { scoreIds?: readonly string[] },
): Promise<string[]> {
  const conditions = [
    ...conditionsOf({ courseId, ...filter }),
    Prisma.sql`d.finding IN ('differs', 'missing')`,
    scoreIds === undefined && Prisma.sql`d."leftBy" IS NULL`,
    scoreIds !== undefined && Prisma.sql`d."scoreId" = ANY (${[...scoreIds]}::uuid[])`,
  ];
  const rows = await db.rows(
    idRow,
    Prisma.sql`
    SELECT s.id FROM score s
     WHERE s.id IN (SELECT d."scoreId" FROM ${DIFFERENCES(courseId)} ${where(conditions)})
     ORDER BY s.line_item_id, s.user_id FOR UPDATE`,
  );
  return rows.map(({ id }) => id);
}

/** Ours is wanted again; what the platform was seen to hold counts as known, so that it is no conflict. */
export async function sendDifferences(
  db: Db,
  ids: readonly string[],
  stepMs: number,
): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE score s SET state = 'pending', run_id = NULL, attempts = 0, revision = s.revision + 1,
           http_status = NULL, error_code = NULL, error_message = NULL, updated_at = now(),
           sent_score_given = s.proof_score, sent_score_maximum = s.proof_maximum,
           proof_left_by = NULL, needs_proof = false,
           timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                s.timestamp + make_interval(secs => ${stepMs}::float8 / 1000))
     WHERE s.id = ANY (${[...ids]}::uuid[])`);
}

/** The platform's value becomes the wanted one, and is proven with that. */
export async function takeDifferences(db: Db, ids: readonly string[]): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE score s SET state = 'sent', score_given = s.proof_score,
           score_maximum = coalesce(s.proof_maximum, s.score_maximum),
           sent_score_given = s.proof_score,
           sent_score_maximum = coalesce(s.proof_maximum, s.score_maximum),
           revision = s.revision + 1, http_status = NULL, error_code = NULL, error_message = NULL,
           platform_score = NULL, proof = 'same', proof_cause = NULL, proof_left_by = NULL,
           needs_proof = false, updated_at = now()
     WHERE s.id = ANY (${[...ids]}::uuid[])`);
}

export async function leaveDifferences(db: Db, ids: readonly string[], by: string): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE score s SET proof_left_by = ${by}, updated_at = now()
     WHERE s.id = ANY (${[...ids]}::uuid[])`);
}
