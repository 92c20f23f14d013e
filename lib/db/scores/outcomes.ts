import type { Db } from "../client.ts";
import { LeaseLost } from "../errors.ts";
import type { TokenCase } from "../generated/enums.ts";
import { prepared } from "../rows/query.ts";
import type { Lease } from "../runs/runs.ts";
import type { ClaimedScore } from "./outbox.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4 } from "../rows/types.ts";

/** What became of one claimed score. */
export type ScoreOutcomes = {
  score: ClaimedScore;
  /** Of the batch that claimed it; -1 when a take-over found out. */
  batch: number;
  /** `pending`: back to the queue. `sending`: its outcome is still unknown, and it stays claimed. */
  to: "sent" | "rejected" | "conflict" | "pending" | "sending";
  /** Absent where it was not sent at all. */
  outcome?: "sent" | "rejected" | "unknown" | "confirmed" | "skipped";
  /** The timestamp it was last sent with. */
  timestamp: Date;
  httpStatus?: number;
  errorCode?: string;
  errorMessage?: string;
  /** What the platform held instead of our last value. */
  platformScore?: number;
};

/** What a batch has come to so far, and the sentence that says so once all its scores have an outcome. */
export type CountedBatch = {
  position: number;
  state: "running" | "succeeded" | "failed";
  sent: number;
  /** With those that wait for a decision, and those that were not sent on purpose. */
  rejected: number;
  skipped: number;
  unknown: number;
  level: "info" | "warning";
  message: string;
};

const recordedRow = row({
  cancelRequested: bool,
  pauseRequested: bool,
  attempt: int4,
});

export type RecordedRun = RowOf<typeof recordedRow>;

/**
 * Writes, in one statement, the outcome of each score, its state where no newer value was
 * wanted meanwhile, the counts of its batch, and the run's: at every moment they agree.
 *
 * @throws LeaseLost  another worker has the run; nothing was written
 */
export async function recordOutcomes(
  db: Db,
  lease: Lease,
  outcomes: readonly ScoreOutcomes[],
  batches: readonly CountedBatch[],
  tokenCase: TokenCase | undefined,
): Promise<RecordedRun> {
  const skipped = outcomes.filter(isLeftAlone).length;
  const done = outcomes.filter(({ to }) => to === "sent").length - skipped;
  const failed = outcomes.filter(({ to }) => to === "rejected" || to === "conflict").length;
  const rows = await db.rows(recordedRow, {
    ...RECORD,
    values: [
      lease.runId,
      lease.lease,
      done,
      failed,
      tokenCase ?? null,
      outcomes.map(({ score }) => score.id),
      outcomes.map(({ score }) => score.revision),
      outcomes.map(({ to }) => to),
      outcomes.map(({ outcome }) => outcome ?? null),
      outcomes.map(({ batch }) => batch),
      outcomes.map(({ score }) => score.userId),
      outcomes.map(({ score }) => score.scoreGiven),
      outcomes.map(({ score }) => score.scoreMaximum),
      outcomes.map(({ timestamp }) => timestamp),
      outcomes.map(({ httpStatus }) => httpStatus ?? null),
      outcomes.map(({ errorCode }) => errorCode ?? null),
      outcomes.map(({ errorMessage }) => errorMessage ?? null),
      outcomes.map(({ platformScore }) => platformScore ?? null),
      batches.map(({ position }) => position),
      batches.map(({ state }) => state),
      batches.map(({ sent }) => sent),
      batches.map(({ rejected }) => rejected),
      batches.map(({ unknown }) => unknown),
      batches.map(({ level }) => level),
      batches.map(({ message }) => message),
      skipped,
      batches.map((batch) => batch.skipped),
    ],
  });
  if (!rows[0]) throw new LeaseLost(lease.runId, lease.lease);
  return rows[0];
}

/** It was not sent, and nobody need decide: the platform's value stays. */
function isLeftAlone({ to, outcome }: Pick<ScoreOutcomes, "to" | "outcome">): boolean {
  return to === "sent" && outcome === "skipped";
}

const RECORD = prepared(`
  WITH held AS (
    UPDATE run SET done = done + $3, failed = failed + $4, skipped = skipped + $26,
           attempt = CASE WHEN $3 + $4 + $26 > 0 THEN 1 ELSE attempt END,
           token_case = coalesce($5::token_case, token_case)
     WHERE id = $1 AND lease = $2 AND state = 'running'
     RETURNING cancel_requested_at, pause_requested_at, attempt),
  o AS (
    SELECT u.* FROM held, unnest(
        $6::uuid[], $7::int[], $8::text[], $9::text[], $10::int[], $11::text[], $12::float8[],
        $13::float8[], $14::timestamptz[], $15::int[], $16::text[], $17::text[], $18::float8[])
      AS u (id, revision, state, kind, batch, user_id, score_given, score_maximum, timestamp,
            http_status, error_code, error_message, platform_score)),
  -- In the order in which a push takes them, so that the two never wait for each other. One that is
  -- not being sent any more was erased with its person meanwhile: nothing is recorded of it.
  locked AS (
    SELECT s.id, s.line_item_id FROM score s JOIN o ON o.id = s.id
     WHERE s.state = 'sending'
     ORDER BY s.line_item_id, s.user_id FOR NO KEY UPDATE OF s),
  recorded AS (
    UPDATE score s SET
           state = CASE WHEN s.revision = o.revision OR o.state = 'sending'
                        THEN o.state::score_state ELSE 'pending' END,
           http_status = o.http_status, error_code = o.error_code,
           error_message = o.error_message, platform_score = o.platform_score,
           updated_at = now(),
           sent_at = CASE WHEN o.kind IN ('sent', 'confirmed') THEN now() ELSE s.sent_at END,
           sent_score_given = CASE WHEN o.kind IN ('sent', 'confirmed') THEN o.score_given
                                   ELSE s.sent_score_given END,
           sent_score_maximum = CASE WHEN o.kind IN ('sent', 'confirmed') THEN o.score_maximum
                                     ELSE s.sent_score_maximum END,
           attempted = CASE WHEN o.kind IN ('sent', 'confirmed') THEN '{}' ELSE s.attempted END,
           was_overridden = CASE WHEN o.kind IN ('sent', 'confirmed')
                                 THEN s.platform_score IS NOT NULL OR s.proof IS NOT DISTINCT FROM 'differs'
                                 ELSE s.was_overridden END,
           needs_proof = s.needs_proof AND o.kind IS DISTINCT FROM 'sent'
                         AND o.kind IS DISTINCT FROM 'confirmed',
           proof = CASE WHEN o.kind IN ('sent', 'confirmed') THEN NULL ELSE s.proof END,
           proof_cause = CASE WHEN o.kind IN ('sent', 'confirmed') THEN NULL ELSE s.proof_cause END
      FROM o JOIN locked ON locked.id = o.id WHERE s.id = o.id),
  told AS (
    INSERT INTO score_outcome (run_id, batch, score_id, user_id, kind, score_given, timestamp,
                               http_status, error_code, error_message)
    SELECT $1, batch, id, user_id, kind::outcome_kind, score_given, timestamp, http_status,
           error_code, error_message
      FROM o WHERE kind IS NOT NULL AND id IN (SELECT locked.id FROM locked)
    RETURNING id, score_id, kind),
  -- For the change feed, a row for each course and type.
  fed AS (
    INSERT INTO feed_entry (type, registration_id, course_id, subjects)
    SELECT news.type, c.registration_id, c.id, array_agg(news.subject)
      FROM (SELECT score_id, id::text AS subject,
                   CASE WHEN kind = 'rejected' THEN 'score.rejected' ELSE 'score.sent' END AS type
              FROM told WHERE kind IN ('sent', 'confirmed', 'rejected')
            UNION ALL
            SELECT id, id::text, 'score.conflict' FROM o WHERE state = 'conflict') AS news
      JOIN locked ON locked.id = news.score_id
      JOIN line_item li ON li.id = locked.line_item_id
      JOIN course c ON c.id = li.course_id
     GROUP BY news.type, c.registration_id, c.id),
  b AS (
    SELECT u.* FROM held, unnest($19::int[], $20::text[], $21::int[], $22::int[], $23::int[],
                                 $24::text[], $25::text[], $27::int[])
      AS u (position, state, sent, rejected, unknown, level, message, skipped)),
  counted AS (
    UPDATE run_batch r SET state = b.state::part_state, sent = b.sent, rejected = b.rejected,
           skipped = b.skipped, unknown = b.unknown,
           finished_at = CASE WHEN b.state <> 'running' THEN now() END
      FROM b WHERE r.run_id = $1 AND r.position = b.position),
  events AS (
    INSERT INTO run_event (run_id, level, kind, message, detail)
    SELECT $1, level, 'batch.sent', message,
           jsonb_build_object('position', position, 'sent', sent, 'rejected', rejected,
                              'skipped', skipped, 'unknown', unknown)
      FROM b WHERE state <> 'running' ORDER BY position)
  SELECT cancel_requested_at IS NOT NULL AS "cancelRequested",
         pause_requested_at IS NOT NULL AS "pauseRequested", attempt FROM held`);
