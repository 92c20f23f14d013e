import { z } from "zod";
import type { Db } from "../client.ts";
import type { Lease } from "../runs/runs.ts";
import { laterTimestampSql } from "./timestamp.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, bool, float8, int4, jsonb, text, timestamptz, uuid } from "../rows/types.ts";

const submission = z.strictObject({
  startedAt: z.string().optional(),
  submittedAt: z.string().optional(),
});

const claimedRow = row({
  id: uuid,
  lineItemId: uuid,
  lineItemUrl: text,
  userId: text,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  activityProgress: text,
  gradingProgress: text,
  comment: text.nullable,
  scoringUserId: text.nullable,
  submission: jsonb(submission).nullable,
  extensions: jsonb(z.record(z.string(), z.unknown())).nullable,
  timestamp: timestamptz,
  revision: int4,
  attempts: int4,
  /** The value the platform accepted last, or was seen to hold; null before the first time. */
  sentScoreGiven: float8.nullable,
  sentScoreMaximum: float8.nullable,
  wasSent: bool,
  /**
   * Whether the platform is known to hold a value: the last verification found one, or, where none
   * looked since, the value accepted last was one.
   */
  hasPlatformValue: bool,
  /** Values sent since then of which nobody knows whether they arrived, this one among them. */
  attempted: array(float8),
});

export type ClaimedScore = RowOf<typeof claimedRow>;

const CLAIMED_COLUMNS = `
  s.id, s.line_item_id AS "lineItemId", li.url AS "lineItemUrl", s.user_id AS "userId",
  s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
  s.activity_progress AS "activityProgress", s.grading_progress AS "gradingProgress",
  s.comment, s.scoring_user_id AS "scoringUserId", s.submission, s.extensions, s.timestamp,
  s.revision, s.attempts, s.sent_score_given AS "sentScoreGiven",
  s.sent_score_maximum AS "sentScoreMaximum", coalesce(s.attempted, '{}') AS attempted,
  s.sent_at IS NOT NULL OR s.sent_score_given IS NOT NULL AS "wasSent",
  CASE WHEN s.proof IN ('same', 'differs', 'missing') THEN s.proof_score IS NOT NULL
       ELSE s.sent_score_given IS NOT NULL END AS "hasPlatformValue"`;

/** Adds the value that is claimed; of very many the oldest is forgotten. */
const ATTEMPTED = `
  CASE WHEN s.score_given IS NULL THEN s.attempted
       ELSE (CASE WHEN cardinality(s.attempted) < 8 THEN s.attempted ELSE s.attempted[2:] END)
            || s.score_given / coalesce(nullif(s.score_maximum, 0), 1) END`;

/**
 * Claims the next pending scores of a course for this run, oldest wanted first, and opens the
 * batch they make. From here until it is recorded their outcome is unknown to whoever takes
 * the run over.
 */
export async function claimBatch(
  db: Db,
  lease: Lease & { courseId: string },
  batch: { position: number; limit: number },
): Promise<ClaimedScore[]> {
  const rows = await db.rows(
    claimedRow,
    `WITH due AS (
       SELECT p.id FROM line_item l
        CROSS JOIN LATERAL (
          SELECT id, timestamp FROM score
           WHERE line_item_id = l.id AND state = 'pending'
           ORDER BY timestamp, id LIMIT $4 FOR UPDATE SKIP LOCKED) p
        WHERE l.course_id = $3
        ORDER BY p.timestamp, p.id LIMIT $4),
     claimed AS (
       UPDATE score s SET state = 'sending', run_id = $1, attempts = s.attempts + 1,
              attempted = ${ATTEMPTED}, updated_at = now()
         FROM due, line_item li, run
        WHERE s.id = due.id AND li.id = s.line_item_id
          AND run.id = $1 AND run.lease = $2 AND run.state = 'running'
       RETURNING ${CLAIMED_COLUMNS}),
     opened AS (
       INSERT INTO run_batch (run_id, position, size)
       SELECT $1, $5, count(*) FROM claimed HAVING count(*) > 0)
     SELECT * FROM claimed ORDER BY timestamp, id`,
    [lease.runId, lease.lease, lease.courseId, batch.limit, batch.position],
  );
  return rows;
}

/** Scores that a worker of this run had claimed and recorded no outcome of. */
export async function scoresInFlight(db: Db, runId: string): Promise<ClaimedScore[]> {
  const rows = await db.rows(
    claimedRow,
    `SELECT ${CLAIMED_COLUMNS} FROM score s JOIN line_item li ON li.id = s.line_item_id
      WHERE s.run_id = $1 AND s.state = 'sending' ORDER BY s.timestamp, s.id`,
    [runId],
  );
  return rows;
}

const unknownRow = row({ unknown: int4 });

/** Scores that this run has sent without learning what became of them. */
export async function countUnknownScores(db: Db, runId: string): Promise<number> {
  const rows = await db.rows(
    unknownRow,
    "SELECT count(*)::int AS unknown FROM score WHERE run_id = $1 AND state = 'sending'",
    [runId],
  );
  return rows[0]!.unknown;
}

const stampedRow = row({ id: uuid, timestamp: timestamptz });

/**
 * Gives scores a timestamp later than any they had, before they are sent again
 * (AGS 2.0 §3.4.9: a value must not be reused). Those of which a newer value is wanted, and all
 * of them once the lease is lost, get none: an old value must not arrive after a newer one.
 */
export async function restampScores(
  db: Db,
  lease: Lease,
  scores: readonly Pick<ClaimedScore, "id" | "revision">[],
  stepMs: number,
): Promise<Map<string, Date>> {
  const rows = await db.rows(
    stampedRow,
    `WITH locked AS (
       -- In the order in which a push takes them, so that the two never wait for each other.
       SELECT s.id
         FROM run, unnest($3::uuid[], $4::int[]) AS w (id, revision), score s
        WHERE run.id = $1 AND run.lease = $2 AND run.state = 'running'
          AND s.id = w.id AND s.revision = w.revision AND s.run_id = run.id
        ORDER BY s.line_item_id, s.user_id FOR NO KEY UPDATE OF s)
     UPDATE score s SET timestamp = ${laterTimestampSql({ last: "s.timestamp", stepMs: "$5" })}
       FROM locked WHERE s.id = locked.id
      RETURNING s.id, s.timestamp`,
    [
      lease.runId,
      lease.lease,
      scores.map(({ id }) => id),
      scores.map(({ revision }) => revision),
      stepMs,
    ],
  );
  return new Map(rows.map((row) => [row.id, row.timestamp]));
}
