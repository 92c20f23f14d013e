import type { Db } from "../client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, timestamptz } from "../rows/types.ts";

/** Scores that the platform should hold, or refused: what a verification looks at. */
export const VERIFIED = "s.state IN ('sent', 'rejected')";

/**
 * Found otherwise than sent, and nobody has said that it may stay so. Whose grades went with the
 * person is not open: nothing can be done about them.
 */
const OPEN = `s.proof <> 'same' AND s.proof_left_by IS NULL
  AND s.proof_cause IS DISTINCT FROM 'left_course'`;

/**
 * Counts again, on courses that were verified once, what is proven and what is open; columns that
 * were deleted from here have no part in it. Called in
 * each transaction that changes either, after its changes of scores: courses are locked last.
 */
export async function keepProofCounts(db: Db, courseIds: readonly string[]): Promise<void> {
  await db.execute(
    `UPDATE course c SET proof_total = n.total, proof_same = n.same, proof_open = n.open,
            proof_foreign = n.foreign_results, proved_at = n.proved_at
       FROM (
         SELECT target.id, counted.*
           FROM course target
           CROSS JOIN LATERAL (
             SELECT count(s.id)::int AS total,
                    count(s.id) FILTER (WHERE s.proof = 'same')::int AS same,
                    count(s.id) FILTER (WHERE ${OPEN})::int AS open,
                    (SELECT count(*)::int FROM foreign_result f
                       JOIN line_item l ON l.id = f.line_item_id
                      WHERE l.course_id = target.id AND l.deleted_by IS NULL) AS foreign_results,
                    max(li.verified_at) AS proved_at
               FROM line_item li LEFT JOIN score s ON s.line_item_id = li.id AND ${VERIFIED}
              WHERE li.course_id = target.id AND li.deleted_by IS NULL) counted
          WHERE target.id = ANY ($1::uuid[]) AND counted.proved_at IS NOT NULL
          ORDER BY target.id FOR NO KEY UPDATE OF target) n
      WHERE c.id = n.id
        AND (c.proof_total, c.proof_same, c.proof_open, c.proof_foreign, c.proved_at)
            IS DISTINCT FROM (n.total, n.same, n.open, n.foreign_results, n.proved_at)`,
    [courseIds],
  );
}

const countsRow = row({
  total: int4,
  proven: int4,
  open: int4,
  differs: int4,
  missing: int4,
  unreadable: int4,
  unproven: int4,
  left: int4,
  notOurs: int4,
  provedAt: timestamptz.nullable,
});

export type ProofCounts = RowOf<typeof countsRow>;

/** Of one course, as it is at this moment. */
export async function proofCounts(db: Db, courseId: string): Promise<ProofCounts> {
  const rows = await db.rows(
    countsRow,
    `SELECT count(*)::int AS total,
            count(*) FILTER (WHERE s.proof = 'same')::int AS proven,
            count(*) FILTER (WHERE ${OPEN})::int AS open,
            count(*) FILTER (WHERE s.proof = 'differs')::int AS differs,
            count(*) FILTER (WHERE s.proof = 'missing')::int AS missing,
            count(*) FILTER (WHERE s.proof = 'unreadable')::int AS unreadable,
            count(*) FILTER (WHERE s.proof IS NULL)::int AS unproven,
            count(*) FILTER (WHERE s.proof IN ('differs', 'missing')
                               AND s.proof_left_by IS NOT NULL)::int AS left,
            (SELECT count(*)::int FROM foreign_result f JOIN line_item l ON l.id = f.line_item_id
              WHERE l.course_id = $1 AND l.deleted_by IS NULL) AS "notOurs",
            (SELECT max(verified_at) FROM line_item
              WHERE course_id = $1 AND deleted_by IS NULL) AS "provedAt"
       FROM score s WHERE ${VERIFIED} AND s.line_item_id IN (
         SELECT id FROM line_item WHERE course_id = $1 AND deleted_by IS NULL)`,
    [courseId],
  );
  return rows[0]!;
}
