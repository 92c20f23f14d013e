import type { Tx } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { Score } from "../generated/client.ts";
import { containsText, countUpToMost, where, type Window } from "../paging.ts";

export type WantedScore = {
  userId: string;
  scoreGiven: number | null;
  scoreMaximum: number | null;
  activityProgress: string;
  gradingProgress: string;
  comment: string | null;
  scoringUserId: string | null;
  submission: object | null;
  extensions: object | null;
};

export type WantedOptions = {
  lineItemId: string;
  now: Date;
  /** By so much must a timestamp be later than the one before it. */
  stepMs: number;
  /** A value that is wanted or sent already is wanted anew. */
  sendUnchanged?: boolean;
};

/**
 * Sets the wanted values of one line item and returns how many were not so already. One
 * statement, so that ten thousand take well under a second.
 *
 * A score that a batch is sending stays with that batch under a higher revision; when the
 * batch settles it, the newer value is pending.
 */
export async function upsertWantedScores(
  tx: Tx,
  scores: readonly WantedScore[],
  { lineItemId, now, stepMs, sendUnchanged }: WantedOptions,
): Promise<number> {
  const column = <Key extends keyof WantedScore>(key: Key) => scores.map((score) => score[key]);
  const json = (key: "submission" | "extensions") =>
    scores.map((score) => (score[key] ? JSON.stringify(score[key]) : null));
  return tx.$executeRaw`
    INSERT INTO score AS s (id, line_item_id, user_id, score_given, score_maximum,
                            activity_progress, grading_progress, comment, scoring_user_id,
                            submission, extensions, timestamp, updated_at)
    SELECT gen_random_uuid(), ${lineItemId}::uuid, i.user_id, i.score_given, i.score_maximum,
           i.activity_progress, i.grading_progress, i.comment, i.scoring_user_id,
           i.submission::jsonb, i.extensions::jsonb, ${now}::timestamptz, now()
      FROM unnest(${column("userId")}::text[], ${column("scoreGiven")}::float8[],
                  ${column("scoreMaximum")}::float8[], ${column("activityProgress")}::text[],
                  ${column("gradingProgress")}::text[], ${column("comment")}::text[],
                  ${column("scoringUserId")}::text[], ${json("submission")}::text[],
                  ${json("extensions")}::text[])
        AS i (user_id, score_given, score_maximum, activity_progress, grading_progress, comment,
              scoring_user_id, submission, extensions)
     ORDER BY i.user_id
    ON CONFLICT (line_item_id, user_id) DO UPDATE SET
      score_given = excluded.score_given, score_maximum = excluded.score_maximum,
      activity_progress = excluded.activity_progress, grading_progress = excluded.grading_progress,
      comment = excluded.comment, scoring_user_id = excluded.scoring_user_id,
      submission = excluded.submission, extensions = excluded.extensions,
      timestamp = greatest(excluded.timestamp,
                           s.timestamp + make_interval(secs => ${stepMs}::float8 / 1000)),
      revision = s.revision + 1, attempts = 0, http_status = NULL, error_code = NULL,
      error_message = NULL, updated_at = now(),
      state = CASE WHEN s.state = 'sending' THEN s.state ELSE 'pending' END,
      run_id = CASE WHEN s.state = 'sending' THEN s.run_id END
    WHERE s.state = 'rejected' OR ${sendUnchanged ?? false}::boolean
       OR (s.score_given, s.score_maximum, s.activity_progress, s.grading_progress, s.comment,
           s.scoring_user_id, s.submission, s.extensions)
          IS DISTINCT FROM
          (excluded.score_given, excluded.score_maximum, excluded.activity_progress,
           excluded.grading_progress, excluded.comment, excluded.scoring_user_id,
           excluded.submission, excluded.extensions)`;
}

export async function hasPendingScores(tx: Tx, courseId: string): Promise<boolean> {
  const pending = await tx.score.findFirst({
    where: { state: "pending", lineItem: { courseId } },
    select: { id: true },
  });
  return pending !== null;
}

export type ScoreRow = Omit<Score, "scoringUserId" | "submission" | "extensions"> & {
  lineItemLabel: string;
  name: string | null;
  sortName: string;
};

export type ScoreQuery = Window<{ sortName: string; id: string }> & {
  courseId: string;
  lineItemId?: string;
  state?: Score["state"];
  q?: string;
};

/** By the name of the person; who has none stands under the user ID. */
export async function listScores(
  tx: Tx,
  query: ScoreQuery,
): Promise<{ rows: ScoreRow[]; total: number }> {
  const { after } = query;
  const conditions = conditionsOf(query);
  const isAfter =
    after && Prisma.sql`(${SORT_NAME}, s.id) > (${after.sortName}, ${after.id}::uuid)`;
  const [rows, total] = await Promise.all([
    tx.$queryRaw<ScoreRow[]>`
      SELECT s.id, s.line_item_id AS "lineItemId", li.label AS "lineItemLabel",
             s.user_id AS "userId", m.name, ${SORT_NAME} AS "sortName",
             s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
             s.activity_progress AS "activityProgress", s.grading_progress AS "gradingProgress",
             s.comment, s.timestamp, s.state::text AS state, s.revision, s.attempts,
             s.run_id AS "runId", s.http_status AS "httpStatus", s.error_code AS "errorCode",
             s.error_message AS "errorMessage", s.created_at AS "createdAt",
             s.updated_at AS "updatedAt", s.sent_at AS "sentAt",
             s.platform_score AS "platformScore",
             s.sent_score_given AS "sentScoreGiven", s.sent_score_maximum AS "sentScoreMaximum"
        FROM ${SCORES} ${where([...conditions, isAfter])}
       ORDER BY ${SORT_NAME}, s.id LIMIT ${query.limit}`,
    countUpToMost(tx, Prisma.sql`FROM ${SCORES} ${where(conditions)}`),
  ]);
  return { rows, total };
}

const SORT_NAME = Prisma.sql`coalesce(nullif(m.name, ''), s.user_id)`;

const SCORES = Prisma.sql`
  score s
  JOIN line_item li ON li.id = s.line_item_id
  LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = s.user_id`;

function conditionsOf({ courseId, lineItemId, state, q }: ScoreQuery) {
  return [
    Prisma.sql`li.course_id = ${courseId}::uuid`,
    lineItemId !== undefined && Prisma.sql`s.line_item_id = ${lineItemId}::uuid`,
    state !== undefined && Prisma.sql`s.state = ${state}::score_state`,
    q !== undefined && containsText([Prisma.sql`s.user_id`, Prisma.sql`m.name`], q),
  ];
}

/** Which of these users the roster lists now, with their names. */
export async function namesInRoster(
  tx: Tx,
  courseId: string,
  userIds: readonly string[],
): Promise<Map<string, string | null>> {
  const rows = await tx.$queryRaw<{ userId: string; name: string | null }[]>`
    SELECT user_id AS "userId", name FROM membership
     WHERE course_id = ${courseId}::uuid AND removed_at IS NULL
       AND user_id = ANY (${[...userIds]}::text[])`;
  return new Map(rows.map(({ userId, name }) => [userId, name]));
}
