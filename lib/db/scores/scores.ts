import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { ScoreState } from "../generated/enums.ts";
import { containsText, countUpToMost, where } from "../lists/paging.ts";
import {
  type After,
  inOrderOf,
  type Order,
  orderedPage,
  type SortKey,
  timeOrFirst,
} from "../lists/sorting.ts";
import { TEACHES } from "../rosters/standing.ts";
import { LEFT_ALONE } from "./decisions/left-alone.ts";
import { laterTimestampSql } from "./timestamp.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, float8, int4, oneOf, text, timestamptz, uuid } from "../rows/types.ts";

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
  /** A value that is wanted or sent already is wanted again. */
  sendUnchanged?: boolean;
};

/**
 * Sets the wanted values of one line item and returns how many were not so already; a value that
 * the platform is known to have lost since is not. One statement, so that ten thousand take well
 * under a second.
 *
 * A score that a batch is sending stays with that batch under a higher revision; when the
 * batch records an outcome, the newer value is pending.
 */
export async function upsertWantedScores(
  db: Db,
  scores: readonly WantedScore[],
  { lineItemId, now, stepMs, sendUnchanged }: WantedOptions,
): Promise<number> {
  const column = <Key extends keyof WantedScore>(key: Key) => scores.map((score) => score[key]);
  const json = (key: "submission" | "extensions") =>
    scores.map((score) => (score[key] ? JSON.stringify(score[key]) : null));
  const laterTimestamp = laterTimestampSql({
    last: "s.timestamp",
    stepMs: String(stepMs),
    now: "excluded.timestamp",
  });
  return db.execute(Prisma.sql`
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
      timestamp = ${Prisma.raw(laterTimestamp)},
      revision = s.revision + 1, attempts = 0, http_status = NULL, error_code = NULL,
      error_message = NULL, updated_at = now(),
      state = CASE WHEN s.state = 'sending' THEN s.state ELSE 'pending' END,
      run_id = CASE WHEN s.state = 'sending' THEN s.run_id END
    WHERE s.state = 'rejected' OR s.needs_proof OR ${sendUnchanged ?? false}::boolean
       OR (s.state = 'sent' AND s.proof = 'missing' AND s.proof_left_by IS NULL
           AND s.proof_cause IN ('wiped', 'wiped_on_return'))
       OR (s.score_given, s.score_maximum, s.activity_progress, s.grading_progress, s.comment,
           s.scoring_user_id, s.submission, s.extensions)
          IS DISTINCT FROM
          (excluded.score_given, excluded.score_maximum, excluded.activity_progress,
           excluded.grading_progress, excluded.comment, excluded.scoring_user_id,
           excluded.submission, excluded.extensions)`);
}

/** As the outbox has it, and those left alone apart from what was sent. */
const shownState = oneOf([...Object.values(ScoreState), "skipped"]);

const scoreRow = row({
  id: uuid,
  lineItemId: uuid,
  userId: text,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  activityProgress: text,
  gradingProgress: text,
  comment: text.nullable,
  timestamp: timestamptz,
  state: shownState,
  revision: int4,
  attempts: int4,
  runId: uuid.nullable,
  httpStatus: int4.nullable,
  errorCode: text.nullable,
  errorMessage: text.nullable,
  createdAt: timestamptz,
  updatedAt: timestamptz,
  sentAt: timestamptz.nullable,
  platformScore: float8.nullable,
  sentScoreGiven: float8.nullable,
  sentScoreMaximum: float8.nullable,
  lineItemLabel: text,
  name: text.nullable,
});

export type ScoreRow = RowOf<typeof scoreRow>;

export type ScoreFilter = {
  courseId: string;
  lineItemId?: string;
  state?: ScoreRow["state"];
  userId?: string;
  sisId?: string;
  email?: string;
  errorCode?: string;
  since?: Date;
  until?: Date;
  q?: string;
};

export type ScoreQuery = ScoreFilter & { order: Order; after?: After; limit: number };

/** `keys` are the sort keys of the rows. */
export async function listScores(
  db: Db,
  query: ScoreQuery,
): Promise<{ rows: ScoreRow[]; keys: After[]; total: number }> {
  const conditions = conditionsOf(query);
  const page = { from: SCORES, conditions, id: Prisma.sql`s.id`, idIs: "uuid" } as const;
  const { order, after, limit } = query;
  const [keys, total] = await Promise.all([
    orderedPage(db, { ...page, order, after, limit }),
    countUpToMost(db, Prisma.sql`FROM ${SCORES} ${where(conditions)}`),
  ]);
  const rows = await scoreRows(
    db,
    keys.map(({ id }) => id),
  );
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys, total };
}

async function scoreRows(db: Db, ids: string[]): Promise<ScoreRow[]> {
  return db.rows(
    scoreRow,
    Prisma.sql`
    SELECT s.id, s.line_item_id AS "lineItemId", li.label AS "lineItemLabel",
           s.user_id AS "userId", m.name,
           s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
           s.activity_progress AS "activityProgress", s.grading_progress AS "gradingProgress",
           s.comment, s.timestamp,
           CASE WHEN ${LEFT_ALONE} THEN 'skipped' ELSE s.state::text END AS state, s.revision, s.attempts,
           s.run_id AS "runId", s.http_status AS "httpStatus", s.error_code AS "errorCode",
           s.error_message AS "errorMessage", s.created_at AS "createdAt",
           s.updated_at AS "updatedAt", s.sent_at AS "sentAt",
           s.platform_score AS "platformScore",
           s.sent_score_given AS "sentScoreGiven", s.sent_score_maximum AS "sentScoreMaximum"
      FROM ${SCORES} WHERE s.id = ANY (${ids}::uuid[])`,
  );
}

const SORT_NAME = Prisma.sql`coalesce(nullif(m.name, ''), s.user_id)`;

/** What scores can be ordered by; who has no name stands under the user ID. */
export const SCORE_ORDERS = {
  name: { value: SORT_NAME, is: "text" },
  userId: { value: Prisma.sql`s.user_id`, is: "text" },
  lineItem: { value: Prisma.sql`li.label`, is: "text" },
  score: { value: Prisma.sql`coalesce(s.score_given, -1)`, is: "number" },
  updatedAt: { value: Prisma.sql`s.updated_at`, is: "time" },
  sentAt: { value: timeOrFirst(Prisma.sql`s.sent_at`), is: "time" },
} satisfies Record<string, SortKey>;

const SCORES = Prisma.sql`
  score s
  JOIN line_item li ON li.id = s.line_item_id
  LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = s.user_id`;

function conditionsOf(query: ScoreFilter) {
  const { courseId, lineItemId, state, errorCode, since, until, userId, q } = query;
  const { sisId, email } = query;
  return [
    Prisma.sql`li.course_id = ${courseId}::uuid`,
    lineItemId !== undefined && Prisma.sql`s.line_item_id = ${lineItemId}::uuid`,
    state !== undefined && isIn(state),
    userId !== undefined && Prisma.sql`s.user_id = ${userId}`,
    sisId !== undefined && Prisma.sql`m.lis_person_sourcedid = ${sisId}`,
    email !== undefined && Prisma.sql`lower(m.email) = lower(${email})`,
    errorCode !== undefined && Prisma.sql`s.error_code = ${errorCode}`,
    since !== undefined && Prisma.sql`s.updated_at >= ${since}`,
    until !== undefined && Prisma.sql`s.updated_at < ${until}`,
    q !== undefined && containsText([Prisma.sql`s.user_id`, Prisma.sql`m.name`], q),
  ];
}

function isIn(state: ScoreRow["state"]): Prisma.Sql {
  if (state === "skipped") return LEFT_ALONE;
  const isState = Prisma.sql`s.state = ${state}::score_state`;
  return state === "sent" ? Prisma.sql`${isState} AND NOT ${LEFT_ALONE}` : isState;
}

const listedPersonRow = row({
  userId: text,
  name: text.nullable,
  /** An instructor or a teaching assistant: platforms refuse scores for them. */
  teaches: bool,
});

export type ListedPerson = RowOf<typeof listedPersonRow>;

/** Which of these users the roster lists now, and as what. */
export async function peopleInRoster(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<Map<string, ListedPerson>> {
  const rows = await db.rows(
    listedPersonRow,
    Prisma.sql`
    SELECT m.user_id AS "userId", m.name, ${TEACHES} AS teaches FROM membership m
     WHERE m.course_id = ${courseId}::uuid AND m.removed_at IS NULL
       AND m.user_id = ANY (${[...userIds]}::text[])`,
  );
  return new Map(rows.map((person) => [person.userId, person]));
}
