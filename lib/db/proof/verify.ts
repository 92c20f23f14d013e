import type { Db } from "../client.ts";
import type { ProofCause, ProofState } from "../generated/enums.ts";
import type { Run, Schedule } from "../generated/client.ts";
import { scoreState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, bool, float8, int4, text, timestamptz, uuid } from "../rows/types.ts";
import { ADDRESSES, addressColumns } from "../courses/addresses.ts";
import { VERIFIED } from "./counts.ts";

/**
 * The columns of a run's target, by `c` and `li`, in which there is something to verify; not those
 * that were deleted from here.
 */
const COLUMNS = `
  FROM line_item li JOIN course c ON c.id = li.course_id
 WHERE c.registration_id = $1 AND ($2::uuid IS NULL OR c.id = $2) AND c.archived_at IS NULL
   AND ($2::uuid IS NOT NULL OR c.paused_at IS NULL) AND li.deleted_by IS NULL
   AND EXISTS (SELECT 1 FROM score s WHERE s.line_item_id = li.id AND ${VERIFIED})`;

type Target = Pick<Run, "registrationId" | "courseId">;

const columnRow = row({
  id: uuid,
  url: text,
  label: text,
  courseId: uuid,
  scopes: array(text),
  ...addressColumns,
});

export type VerifiedColumn = RowOf<typeof columnRow>;

type Verification = Target & Pick<Run, "id" | "createdAt">;

/** What the run has not read, and no other has since it was asked for. */
const UNREAD = `li.verify_run_id IS DISTINCT FROM $3
  AND (li.verified_at IS NULL OR li.verified_at < $4)`;

function unreadBy({ registrationId, courseId, id, createdAt }: Verification): unknown[] {
  return [registrationId, courseId, id, createdAt];
}

/** Those that are still to be read for the run, course by course. */
export async function columnsToVerify(db: Db, run: Verification): Promise<VerifiedColumn[]> {
  const rows = await db.rows(
    columnRow,
    `SELECT li.id, li.url, li.label, c.id AS "courseId", c.scopes,
            ${ADDRESSES.sql} ${COLUMNS} AND ${UNREAD}
      ORDER BY c.title, c.id, li.created_at, li.id`,
    unreadBy(run),
  );
  return rows;
}

const countRow = row({ count: int4 });

export async function countScoresToVerify(db: Db, run: Verification): Promise<number> {
  const rows = await db.rows(
    countRow,
    `SELECT count(*)::int AS count FROM score s WHERE ${VERIFIED}
        AND s.line_item_id IN (SELECT li.id ${COLUMNS} AND ${UNREAD})`,
    unreadBy(run),
  );
  return rows[0]!.count;
}

const scoreRow = row({
  id: uuid,
  revision: int4,
  userId: text,
  state: scoreState,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  gradingProgress: text,
  errorCode: text.nullable,
  sentScoreGiven: float8.nullable,
  sentScoreMaximum: float8.nullable,
  wasSent: bool,
  sentAt: timestamptz.nullable,
  /** An earlier verification found it on the platform. */
  wasProven: bool,
  /** When it was sent last, the platform was known to hold another value. */
  wasOverridden: bool,
  /** The roster lists the person no longer. */
  hasLeft: bool,
  /** The person left the course, or may have, and is back since it was sent. */
  hasReturned: bool,
});

/** A score as a verification compares it. */
export type VerifiedScore = RowOf<typeof scoreRow>;

export async function scoresOfColumn(db: Db, lineItemId: string): Promise<VerifiedScore[]> {
  const rows = await db.rows(
    scoreRow,
    `SELECT s.id, s.revision, s.user_id AS "userId", s.state,
            s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
            s.grading_progress AS "gradingProgress", s.error_code AS "errorCode",
            s.sent_score_given AS "sentScoreGiven", s.sent_score_maximum AS "sentScoreMaximum",
            s.sent_at IS NOT NULL OR s.sent_score_given IS NOT NULL AS "wasSent",
            s.sent_at AS "sentAt",
            coalesce(s.proof = 'same' OR s.proof_cause = 'wiped', false) AS "wasProven",
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
    of: Pick<VerifiedScore, "id" | "revision" | "sentAt">;
  }[];
  foreign: { userId: string; resultScore: number; resultMaximum: number }[];
};

/**
 * Stores what the run found in a column, and that it has read it. A score that was wanted or sent
 * again since the reading began keeps no proof: what was read may be older than that. Nor is the
 * result of somebody not ours for whom a score is wanted by now.
 */
export async function storeProofs(
  db: Db,
  { runId, readAt }: { runId: string; readAt: Date },
  lineItemId: string,
  { proofs, foreign }: ColumnProofs,
): Promise<void> {
  await db.execute(
    `UPDATE score s SET proof = p.proof::proof_state, proof_cause = p.cause::proof_cause,
            proof_score = p.score, proof_maximum = p.maximum, proved_at = now(),
            needs_proof = s.needs_proof AND p.proof IN ('missing', 'unreadable'),
            proof_left_by = CASE WHEN s.proof_score IS NOT DISTINCT FROM p.score
                                  AND s.proof::text = p.proof THEN s.proof_left_by END
       FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::float8[],
                   $8::timestamptz[]) AS p (id, revision, proof, cause, score, maximum, sent_at)
      WHERE s.id = p.id AND s.line_item_id = $1 AND s.revision = p.revision
        AND s.sent_at IS NOT DISTINCT FROM p.sent_at AND ${VERIFIED}`,
    [
      lineItemId,
      proofs.map(({ of }) => of.id),
      proofs.map(({ of }) => of.revision),
      proofs.map(({ found }) => found.proof),
      proofs.map(({ found }) => found.cause),
      proofs.map(({ found }) => found.score),
      proofs.map(({ found }) => found.maximum),
      proofs.map(({ of }) => of.sentAt),
    ],
  );
  await db.execute("DELETE FROM foreign_result WHERE line_item_id = $1", [lineItemId]);
  await db.execute(
    `INSERT INTO foreign_result (line_item_id, user_id, result_score, result_maximum)
     SELECT $1, f.* FROM unnest($2::text[], $3::float8[], $4::float8[]) AS f (user_id)
      WHERE NOT EXISTS (SELECT FROM score s
                         WHERE s.line_item_id = $1 AND s.user_id = f.user_id)`,
    [
      lineItemId,
      foreign.map(({ userId }) => userId),
      foreign.map(({ resultScore }) => resultScore),
      foreign.map(({ resultMaximum }) => resultMaximum),
    ],
  );
  await db.execute(
    `WITH read AS (
       UPDATE line_item SET verify_run_id = $2, verified_at = $3 WHERE id = $1
       RETURNING course_id, verified_at)
     UPDATE course c SET proved_at = greatest(c.proved_at, read.verified_at)
       FROM read WHERE c.id = read.course_id`,
    [lineItemId, runId, readAt],
  );
}

/** Whether the platform no longer has the column; an import that finds it lifts the mark too. */
export async function markColumn(db: Db, lineItemId: string, isGone: boolean): Promise<void> {
  await db.execute(
    `UPDATE line_item SET gone_at = CASE WHEN $2::boolean THEN now() END
      WHERE id = $1 AND deleted_by IS NULL AND (gone_at IS NOT NULL) <> $2::boolean`,
    [lineItemId, isGone],
  );
}

/** The courses of a schedule in which something was sent. */
export async function coursesWithScores(
  db: Db,
  { registrationId, courseId }: Pick<Schedule, "registrationId" | "courseId">,
): Promise<(string | null)[]> {
  const found = await db.execute(`SELECT 1 ${COLUMNS} LIMIT 1`, [registrationId, courseId]);
  return found > 0 ? [courseId] : [];
}
