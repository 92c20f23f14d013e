import type { Db } from "../client.ts";
import type { ProofCause, ProofState, ScoreState } from "../generated/enums.ts";
import type { Run, Schedule } from "../generated/client.ts";

/** Scores that the platform should hold, or refused: what a verification looks at. */
const VERIFIED = "s.state IN ('sent', 'rejected')";

/** The columns of a run's target, by `c` and `li`, in which there is something to verify. */
const COLUMNS = `
  FROM line_item li JOIN course c ON c.id = li.course_id
 WHERE c.registration_id = $1 AND ($2::uuid IS NULL OR c.id = $2) AND c.archived_at IS NULL
   AND ($2::uuid IS NOT NULL OR c.paused_at IS NULL)
   AND EXISTS (SELECT 1 FROM score s WHERE s.line_item_id = li.id AND ${VERIFIED})`;

type Target = Pick<Run, "registrationId" | "courseId">;

export type VerifiedColumn = {
  id: string;
  url: string;
  label: string;
  courseId: string;
  lineItemsUrl: string | null;
  lineItemUrl: string | null;
};

/** Those that the run has not read yet, course by course. */
export async function columnsToVerify(
  db: Db,
  { registrationId, courseId, runId }: Target & { runId: string },
): Promise<VerifiedColumn[]> {
  const { rows } = await db.query<VerifiedColumn>(
    `SELECT li.id, li.url, li.label, c.id AS "courseId", c.line_items_url AS "lineItemsUrl",
            c.line_item_url AS "lineItemUrl" ${COLUMNS}
        AND li.verify_run_id IS DISTINCT FROM $3
      ORDER BY c.title, c.id, li.created_at, li.id`,
    [registrationId, courseId, runId],
  );
  return rows;
}

export async function countScoresToVerify(
  db: Db,
  { registrationId, courseId }: Target,
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM score s WHERE ${VERIFIED}
        AND s.line_item_id IN (SELECT li.id ${COLUMNS})`,
    [registrationId, courseId],
  );
  return rows[0]!.count;
}

/** A score as a verification compares it. */
export type VerifiedScore = {
  id: string;
  revision: number;
  userId: string;
  state: ScoreState;
  scoreGiven: number | null;
  scoreMaximum: number | null;
  gradingProgress: string;
  errorCode: string | null;
  sentScoreGiven: number | null;
  sentScoreMaximum: number | null;
  wasSent: boolean;
  /** An earlier verification found it on the platform. */
  wasProven: boolean;
  /** When it was sent last, the platform was known to hold another value. */
  wasOverridden: boolean;
  /** The roster lists the person no longer. */
  hasLeft: boolean;
  /** The person left the course, or may have, and is back since it was sent. */
  hasReturned: boolean;
};

export async function scoresOfColumn(db: Db, lineItemId: string): Promise<VerifiedScore[]> {
  const { rows } = await db.query<VerifiedScore>(
    `SELECT s.id, s.revision, s.user_id AS "userId", s.state::text AS state,
            s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
            s.grading_progress AS "gradingProgress", s.error_code AS "errorCode",
            s.sent_score_given AS "sentScoreGiven", s.sent_score_maximum AS "sentScoreMaximum",
            s.sent_at IS NOT NULL OR s.sent_score_given IS NOT NULL AS "wasSent",
            s.proof = 'same' OR s.proof_cause = 'wiped' AS "wasProven",
            s.was_overridden AS "wasOverridden",
            m.removed_at IS NOT NULL AS "hasLeft", s.needs_proof AS "hasReturned"
       FROM score s JOIN line_item li ON li.id = s.line_item_id
       LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = s.user_id
      WHERE s.line_item_id = $1 AND ${VERIFIED}
      ORDER BY s.user_id`,
    [lineItemId],
  );
  return rows;
}

/** What was read of a column: of each score, and of people whose result nobody here sent. */
export type ColumnProofs = {
  proofs: {
    found: {
      proof: ProofState;
      cause: ProofCause | null;
      score: number | null;
      maximum: number | null;
    };
    of: Pick<VerifiedScore, "id" | "revision">;
  }[];
  foreign: { userId: string; resultScore: number; resultMaximum: number }[];
};

/**
 * Stores what the run found in a column, and that it has read it. A score that was wanted or sent
 * anew meanwhile keeps no proof: what was read is older than that.
 */
export async function storeProofs(
  db: Db,
  { runId }: { runId: string },
  lineItemId: string,
  { proofs, foreign }: ColumnProofs,
): Promise<void> {
  await db.query(
    `UPDATE score s SET proof = p.proof::proof_state, proof_cause = p.cause::proof_cause,
            proof_score = p.score, proof_maximum = p.maximum, proved_at = now(),
            needs_proof = s.needs_proof AND p.proof IN ('missing', 'unreadable'),
            proof_left_by = CASE WHEN s.proof_score IS NOT DISTINCT FROM p.score
                                  AND s.proof::text = p.proof THEN s.proof_left_by END
       FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::float8[])
         AS p (id, revision, proof, cause, score, maximum)
      WHERE s.id = p.id AND s.line_item_id = $1 AND s.revision = p.revision AND ${VERIFIED}`,
    [
      lineItemId,
      proofs.map(({ of }) => of.id),
      proofs.map(({ of }) => of.revision),
      proofs.map(({ found }) => found.proof),
      proofs.map(({ found }) => found.cause),
      proofs.map(({ found }) => found.score),
      proofs.map(({ found }) => found.maximum),
    ],
  );
  await db.query("DELETE FROM foreign_result WHERE line_item_id = $1", [lineItemId]);
  await db.query(
    `INSERT INTO foreign_result (line_item_id, user_id, result_score, result_maximum)
     SELECT $1, f.* FROM unnest($2::text[], $3::float8[], $4::float8[]) AS f`,
    [
      lineItemId,
      foreign.map(({ userId }) => userId),
      foreign.map(({ resultScore }) => resultScore),
      foreign.map(({ resultMaximum }) => resultMaximum),
    ],
  );
  await db.query("UPDATE line_item SET verify_run_id = $2, verified_at = now() WHERE id = $1", [
    lineItemId,
    runId,
  ]);
}

/** Whether the platform no longer has the column; an import that finds it lifts the mark too. */
export async function markColumn(db: Db, lineItemId: string, isGone: boolean): Promise<void> {
  await db.query(
    `UPDATE line_item SET gone_at = CASE WHEN $2::boolean THEN now() END
      WHERE id = $1 AND (gone_at IS NOT NULL) <> $2::boolean`,
    [lineItemId, isGone],
  );
}

/** Counts again, on the courses of the run, what is proven and what is open. */
export async function keepProofCounts(db: Db, { registrationId, courseId }: Target): Promise<void> {
  await db.query(
    `UPDATE course c SET proof_total = n.total, proof_same = n.same, proof_open = n.open,
            proof_foreign = n.foreign_results, proved_at = n.proved_at
       FROM (
         SELECT li.course_id,
                count(s.id)::int AS total,
                count(s.id) FILTER (WHERE s.proof = 'same')::int AS same,
                count(s.id) FILTER (WHERE s.proof <> 'same' AND s.proof_left_by IS NULL)::int AS open,
                (SELECT count(*)::int FROM foreign_result f JOIN line_item l ON l.id = f.line_item_id
                  WHERE l.course_id = li.course_id) AS foreign_results,
                max(s.proved_at) AS proved_at
           FROM line_item li LEFT JOIN score s ON s.line_item_id = li.id AND ${VERIFIED}
           JOIN course owner ON owner.id = li.course_id
          WHERE owner.registration_id = $1 AND ($2::uuid IS NULL OR owner.id = $2)
          GROUP BY li.course_id) n
      WHERE c.id = n.course_id AND n.proved_at IS NOT NULL`,
    [registrationId, courseId],
  );
}

/** The courses of a schedule in which something was sent. */
export async function coursesWithScores(
  db: Db,
  { registrationId, courseId }: Pick<Schedule, "registrationId" | "courseId">,
): Promise<(string | null)[]> {
  const { rows } = await db.query(`SELECT 1 ${COLUMNS} LIMIT 1`, [registrationId, courseId]);
  return rows.length > 0 ? [courseId] : [];
}
