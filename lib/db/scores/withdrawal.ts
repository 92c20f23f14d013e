import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { int4 } from "../rows/types.ts";

const withdrawnRow = row({ withdrawn: int4 });

/**
 * Takes back scores that wait to be sent and returns how many those were. One that the platform
 * accepted an earlier value of has that value again; one that it refused before is refused again;
 * any other is forgotten. A score that was tried without an answer stays: the platform may have it.
 */
export async function withdrawScores(
  db: Db,
  { lineItemId, userIds }: { lineItemId: string; userIds: readonly string[] },
): Promise<number> {
  const rows = await db.rows(
    withdrawnRow,
    `WITH locked AS (
       SELECT id, sent_at FROM score
        WHERE line_item_id = $1::uuid AND user_id = ANY ($2::text[])
          AND state = 'pending' AND coalesce(attempted, '{}') = '{}'
        ORDER BY user_id FOR UPDATE
     ), waiting AS (
       SELECT locked.id, sent_at IS NOT NULL AS was_sent, last.*
         FROM locked
         LEFT JOIN LATERAL (
           SELECT kind::text AS outcome, http_status, error_code, error_message
             FROM score_outcome WHERE score_id = locked.id ORDER BY id DESC LIMIT 1) last ON true
     ), forgotten AS (
       DELETE FROM score USING waiting
        WHERE score.id = waiting.id AND NOT was_sent AND outcome IS NULL
       RETURNING score.id
     ), sent_before AS (
       UPDATE score
          SET state = 'sent', score_given = sent_score_given, score_maximum = sent_score_maximum,
              comment = NULL, scoring_user_id = NULL, submission = NULL, extensions = NULL,
              revision = revision + 1, updated_at = now()
         FROM waiting WHERE score.id = waiting.id AND was_sent
       RETURNING score.id
     ), refused_before AS (
       UPDATE score
          SET state = 'rejected', http_status = waiting.http_status,
              error_code = waiting.error_code, error_message = waiting.error_message,
              revision = revision + 1, updated_at = now()
         FROM waiting
        WHERE score.id = waiting.id AND NOT was_sent AND outcome = 'rejected'
       RETURNING score.id
     )
     SELECT (SELECT count(*) FROM forgotten)::int + (SELECT count(*) FROM sent_before)::int
          + (SELECT count(*) FROM refused_before)::int AS withdrawn`,
    [lineItemId, userIds],
  );
  return rows[0]?.withdrawn ?? 0;
}
