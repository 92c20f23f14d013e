import type pg from "pg";
import type { Db } from "./client.ts";
import type { Lease } from "./runs.ts";
import { LeaseLost } from "./errors.ts";

export type ClaimedScore = {
  id: string;
  lineItemId: string;
  lineItemUrl: string;
  userId: string;
  scoreGiven: number | null;
  scoreMaximum: number | null;
  activityProgress: string;
  gradingProgress: string;
  comment: string | null;
  scoringUserId: string | null;
  submission: { startedAt?: string; submittedAt?: string } | null;
  extensions: Record<string, unknown> | null;
  timestamp: Date;
  revision: number;
  attempts: number;
};

const CLAIMED_COLUMNS = `
  s.id, s.line_item_id AS "lineItemId", li.url AS "lineItemUrl", s.user_id AS "userId",
  s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
  s.activity_progress AS "activityProgress", s.grading_progress AS "gradingProgress",
  s.comment, s.scoring_user_id AS "scoringUserId", s.submission, s.extensions, s.timestamp,
  s.revision, s.attempts`;

/**
 * Claims the next pending scores of a course for this run, oldest wanted first. From here
 * until they are settled their outcome is unknown to whoever takes the run over.
 */
export async function claimScores(
  db: Db,
  lease: Lease & { courseId: string },
  limit: number,
): Promise<ClaimedScore[]> {
  const { rows } = await db.pool.query<ClaimedScore>(
    `UPDATE score s SET state = 'sending', run_id = $1, attempts = s.attempts + 1,
            updated_at = now()
       FROM line_item li, run
      WHERE li.id = s.line_item_id AND run.id = $1 AND run.lease = $2 AND run.state = 'running'
        AND s.id IN (
          SELECT p.id FROM score p JOIN line_item l ON l.id = p.line_item_id
           WHERE l.course_id = $3 AND p.state = 'pending'
           ORDER BY p.timestamp, p.id LIMIT $4 FOR UPDATE OF p SKIP LOCKED)
      RETURNING ${CLAIMED_COLUMNS}`,
    [lease.runId, lease.lease, lease.courseId, limit],
  );
  return rows;
}

/** Scores that a worker of this run had claimed and did not settle. */
export async function unsettledScores(db: Db, runId: string): Promise<ClaimedScore[]> {
  const { rows } = await db.pool.query<ClaimedScore>(
    `SELECT ${CLAIMED_COLUMNS} FROM score s JOIN line_item li ON li.id = s.line_item_id
      WHERE s.run_id = $1 AND s.state = 'sending' ORDER BY s.timestamp, s.id`,
    [runId],
  );
  return rows;
}

export async function countPendingScores(db: Db, courseId: string): Promise<number> {
  const { rows } = await db.pool.query<{ pending: number }>(
    `SELECT count(*)::int AS pending FROM score s JOIN line_item li ON li.id = s.line_item_id
      WHERE li.course_id = $1 AND s.state = 'pending'`,
    [courseId],
  );
  return rows[0]!.pending;
}

/**
 * Gives scores a timestamp later than any they had, before they are sent again
 * (AGS 2.0 §3.4.9: a value must not be reused).
 */
export async function restampScores(
  db: Db,
  ids: readonly string[],
  stepMs: number,
): Promise<Map<string, Date>> {
  const { rows } = await db.pool.query<{ id: string; timestamp: Date }>(
    `UPDATE score SET timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                           timestamp + $2 * interval '1 millisecond')
      WHERE id = ANY ($1) RETURNING id, timestamp`,
    [ids, stepMs],
  );
  return new Map(rows.map((row) => [row.id, row.timestamp]));
}

export type ScoreSettlement = {
  score: ClaimedScore;
  /** `pending`: it goes back to the queue and no outcome is written. */
  to: "sent" | "rejected" | "pending";
  outcome?: "sent" | "rejected" | "unknown" | "confirmed";
  /** The timestamp it was last sent with. */
  timestamp: Date;
  httpStatus?: number;
  errorCode?: string;
  errorMessage?: string;
};

/**
 * Writes the outcome of each score and, where no newer value was wanted meanwhile, its
 * state. A newer value stays pending.
 */
export async function settleScores(
  queryable: Pick<pg.ClientBase, "query">,
  lease: Lease,
  batch: number,
  settlements: readonly ScoreSettlement[],
): Promise<void> {
  if (settlements.length === 0) return;
  const held = await queryable.query(
    `SELECT 1 FROM run WHERE id = $1 AND lease = $2 AND state = 'running' FOR SHARE`,
    [lease.runId, lease.lease],
  );
  if (held.rowCount === 0) throw new LeaseLost(lease.runId, lease.lease);
  const columns = [
    settlements.map(({ score }) => score.id),
    settlements.map(({ score }) => score.revision),
    settlements.map(({ to }) => to),
    settlements.map(({ httpStatus }) => httpStatus ?? null),
    settlements.map(({ errorCode }) => errorCode ?? null),
    settlements.map(({ errorMessage }) => errorMessage?.replaceAll("\u0000", "") ?? null),
  ];
  await queryable.query(
    `UPDATE score s SET
            state = CASE WHEN s.revision = o.revision THEN o.state::score_state ELSE 'pending' END,
            http_status = o.http_status, error_code = o.error_code,
            error_message = o.error_message, updated_at = now(),
            sent_at = CASE WHEN o.state = 'sent' THEN now() ELSE s.sent_at END
       FROM unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[])
         AS o (id, revision, state, http_status, error_code, error_message)
      WHERE s.id = o.id`,
    columns,
  );
  const written = settlements.filter((settlement) => settlement.outcome !== undefined);
  if (written.length === 0) return;
  await queryable.query(
    `INSERT INTO score_outcome (run_id, batch, score_id, user_id, kind, score_given, timestamp,
                                http_status, error_code, error_message)
     SELECT $1, $2, o.* FROM (
       SELECT id, user_id, kind::outcome_kind, score_given, timestamp, http_status, error_code,
              error_message
         FROM unnest($3::uuid[], $4::text[], $5::text[], $6::float8[], $7::timestamptz[],
                     $8::int[], $9::text[], $10::text[])
           AS u (id, user_id, kind, score_given, timestamp, http_status, error_code,
                 error_message)) o`,
    [
      lease.runId,
      batch,
      written.map(({ score }) => score.id),
      written.map(({ score }) => score.userId),
      written.map(({ outcome }) => outcome),
      written.map(({ score }) => score.scoreGiven),
      written.map(({ timestamp }) => timestamp),
      written.map(({ httpStatus }) => httpStatus ?? null),
      written.map(({ errorCode }) => errorCode ?? null),
      written.map(({ errorMessage }) => errorMessage?.replaceAll("\u0000", "") ?? null),
    ],
  );
}

/** Puts back what a run claimed and will not send: it ended, or was cancelled. */
export async function releaseScores(db: Db, lease: Lease): Promise<void> {
  await db.pool.query(
    `UPDATE score SET state = 'pending', updated_at = now()
       FROM run WHERE run.id = $1 AND run.lease = $2 AND run.state = 'running'
        AND score.run_id = run.id AND score.state = 'sending'`,
    [lease.runId, lease.lease],
  );
}
