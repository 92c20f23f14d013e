import * as stored from "#lib/db/scores/scores.ts";
import type { Asker } from "../caller.ts";
import { permit, seesNames } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { NotPermitted } from "../errors.ts";
import { momentsOf, type Page } from "../fields.ts";
import { ScoreFilter, type ScoreView } from "./schema.ts";
import { validated } from "../validated.ts";

/**
 * By the person's name, unless `sort` says otherwise; by user ID instead for who does not see
 * names.
 *
 * @throws NotPermitted  a search by text, SIS ID or e-mail, by who does not see names: it would find
 *                       them out
 */
export async function listScores(
  asker: Asker,
  { courseId, ...filter }: { courseId: string } & Partial<ScoreFilter>,
): Promise<Page<ScoreView>> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit, sort, ...conditions } = validated(ScoreFilter, filter);
  const names = seesNames(caller.actor);
  const { q, sisId, email } = conditions;
  if (!names && (q ?? sisId ?? email) !== undefined) throw new NotPermitted("read:names");
  const course = await requiredCourse(caller.db, courseId);
  const order = orderOf(stored.SCORE_ORDERS, names ? sort : impersonal(sort));
  const page = { order, after: afterOf(cursor, sort, order), limit: limit + 1 };
  const query = { ...conditions, ...momentsOf(conditions), courseId: course.id, ...page };
  const { rows, keys, total } = await stored.listScores(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => viewOf(row, names) });
}

function impersonal(sort: ScoreFilter["sort"]): keyof typeof stored.SCORE_ORDERS | "-userId" {
  if (sort === "name") return "userId";
  return sort === "-name" ? "-userId" : (sort as keyof typeof stored.SCORE_ORDERS);
}

function viewOf(row: stored.ScoreRow, names: boolean): ScoreView {
  return {
    id: row.id,
    lineItemId: row.lineItemId,
    lineItemLabel: row.lineItemLabel,
    userId: row.userId,
    name: names ? row.name : null,
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
