import * as stored from "#lib/db/scores/scores.ts";
import type { Caller } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { pageFrom } from "../cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { momentsOf, type Page } from "../fields.ts";
import { ScoreFilter, ScorePush, type ScorePushResult, type ScoreView } from "./schema.ts";
import { refuseDoubles } from "./people.ts";
import { storeScores } from "./store-scores.ts";
import { validated } from "../validated.ts";

/** By the person's name, unless `sort` says otherwise. */
export async function listScores(
  caller: Caller,
  { courseId, ...filter }: { courseId: string } & Partial<ScoreFilter>,
): Promise<Page<ScoreView>> {
  const { cursor, limit, sort, ...conditions } = validated(ScoreFilter, filter);
  const course = await requiredCourse(caller.db, courseId);
  const order = orderOf(stored.SCORE_ORDERS, sort);
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const query = { ...conditions, ...momentsOf(conditions), courseId: course.id, ...page };
  const { rows, keys, total } = await stored.listScores(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: viewOf });
}

/**
 * Sets the wanted scores of a line item. A value that is wanted or sent already changes
 * nothing.
 *
 * @throws InvalidInput  a person is listed twice, or is not one person of the roster
 */
export async function pushScores(
  caller: Caller,
  { lineItemId, ...push }: { lineItemId: string } & ScorePush,
): Promise<ScorePushResult> {
  const { scores, send, idType } = validated(ScorePush, push);
  refuseDoubles(scores);
  return storeScores(caller, { lineItemId, scores, send, idType, source: "push" });
}

function viewOf(row: stored.ScoreRow): ScoreView {
  return {
    id: row.id,
    lineItemId: row.lineItemId,
    lineItemLabel: row.lineItemLabel,
    userId: row.userId,
    name: row.name,
    scoreGiven: row.scoreGiven,
    scoreMaximum: row.scoreMaximum,
    activityProgress: row.activityProgress as ScoreView["activityProgress"],
    gradingProgress: row.gradingProgress as ScoreView["gradingProgress"],
    comment: row.comment,
    timestamp: row.timestamp.toISOString(),
    state: row.state,
    attempts: row.attempts,
    httpStatus: row.httpStatus,
    problem:
      row.errorCode === null ? null : { code: row.errorCode, message: row.errorMessage ?? "" },
    runId: row.runId,
    updatedAt: row.updatedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    platformScore: row.platformScore,
  };
}
