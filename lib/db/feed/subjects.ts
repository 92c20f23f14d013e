import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { MEMBER_ROW, MEMBER_SELECT, type MemberRow } from "../rosters/members.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { float8, int4, text, timestamptz, uuid } from "../rows/types.ts";

const memberOfCourse = row({ courseId: uuid, ...MEMBER_ROW.columns });

/** Members as they are held now, by course. */
export async function feedMembers(
  db: Db,
  asked: readonly { courseId: string; userId: string }[],
): Promise<(MemberRow & { courseId: string })[]> {
  return db.rows(
    memberOfCourse,
    Prisma.sql`
    SELECT m.course_id AS "courseId", ${MEMBER_SELECT}
      FROM unnest(${asked.map(({ courseId }) => courseId)}::uuid[],
                  ${asked.map(({ userId }) => userId)}::text[]) AS asked (course_id, user_id)
      JOIN membership m USING (course_id, user_id)
      JOIN course c ON c.id = m.course_id`,
  );
}

const scoreRow = row({
  /** Of the outcome or of the score, as it was asked for. */
  subject: text,
  scoreId: uuid,
  runId: uuid.nullable,
  lineItemId: uuid,
  lineItemUrl: text,
  resourceId: text.nullable,
  tag: text.nullable,
  userId: text,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  /** What the platform holds instead, where it does. */
  platformScore: float8.nullable,
  timestamp: timestamptz,
  httpStatus: int4.nullable,
  errorCode: text.nullable,
  errorMessage: text.nullable,
});

export type FeedScore = RowOf<typeof scoreRow>;

const LINE_ITEM = Prisma.sql`
  li.id AS "lineItemId", li.url AS "lineItemUrl", li.resource_id AS "resourceId", li.tag`;

/** What was answered for scores, by the IDs of the outcomes. */
export async function feedOutcomes(db: Db, ids: readonly string[]): Promise<FeedScore[]> {
  return db.rows(
    scoreRow,
    Prisma.sql`
    SELECT o.id::text AS subject, s.id AS "scoreId", o.run_id AS "runId", ${LINE_ITEM},
           o.user_id AS "userId", o.score_given AS "scoreGiven",
           s.score_maximum AS "scoreMaximum", NULL::float8 AS "platformScore", o.timestamp,
           o.http_status AS "httpStatus", o.error_code AS "errorCode",
           o.error_message AS "errorMessage"
      FROM score_outcome o JOIN score s ON s.id = o.score_id
      JOIN line_item li ON li.id = s.line_item_id
     WHERE o.id = ANY (${[...ids]}::bigint[])`,
  );
}

/** Scores as they are now, by their IDs. */
export async function feedScores(db: Db, ids: readonly string[]): Promise<FeedScore[]> {
  return db.rows(
    scoreRow,
    Prisma.sql`
    SELECT s.id::text AS subject, s.id AS "scoreId", s.run_id AS "runId", ${LINE_ITEM},
           s.user_id AS "userId", s.score_given AS "scoreGiven",
           s.score_maximum AS "scoreMaximum", s.platform_score AS "platformScore", s.timestamp,
           s.http_status AS "httpStatus", s.error_code AS "errorCode",
           s.error_message AS "errorMessage"
      FROM score s JOIN line_item li ON li.id = s.line_item_id
     WHERE s.id = ANY (${[...ids]}::uuid[])`,
  );
}
