import type { Actor } from "#lib/auth/actor.ts";
import { actorName } from "#lib/auth/actor.ts";
import { chunksOf } from "#lib/chunks.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import { findCourse } from "#lib/db/courses/courses.ts";
import type { LineItemRow } from "#lib/db/line-items/line-items.ts";
import { findRegistration } from "#lib/db/registrations/registrations.ts";
import {
  type ListedPerson,
  peopleInRoster,
  upsertWantedScores,
  type WantedScore,
} from "#lib/db/scores/scores.ts";
import { hasPendingScores } from "#lib/db/scores/pending.ts";
import { platformProfile } from "#lib/platforms/profile.ts";
import { audit } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { ColumnDeleted, Conflict, NotFound } from "../errors.ts";
import { requiredLineItem } from "../line-items/line-items.ts";
import { byUserId } from "./people.ts";
import type { PersonIdType, ScoreInput, ScorePushResult } from "./schema.ts";

const ROWS_PER_STATEMENT = 10_000;

export type ScoresToStore = {
  lineItemId: string;
  scores: readonly ScoreInput[];
  send: boolean;
  /** What their `userId` is; the platform's own ID. */
  idType?: PersonIdType;
  /** Where they came from, for the audit log. */
  source: "push" | "csv";
};

/**
 * Stores wanted scores and, with `send` or where the course's scores are sent as they come,
 * starts a grade sync of the course: all in one transaction.
 */
export async function storeScores(
  caller: Caller,
  request: ScoresToStore,
): Promise<ScorePushResult> {
  return transaction(caller.db, (tx) => store(tx, caller, request));
}

async function store(
  tx: Db,
  caller: Caller,
  { lineItemId, send, source, ...push }: ScoresToStore,
): Promise<ScorePushResult> {
  const lineItem = await requiredLineItem(tx, lineItemId);
  const { label, url, deletedBy } = lineItem;
  if (deletedBy !== null) throw new ColumnDeleted(label || url, deletedBy);
  const { course, stepMs } = await target(tx, lineItem);
  const { idType = "user_id" } = push;
  const scores = await byUserId(tx, course.id, { scores: push.scores, idType });
  const wanted = scores.map((score) => wantedScore(score, lineItem));
  const { sendUnchanged } = course;
  const options = { lineItemId: lineItem.id, now: caller.now(), stepMs, sendUnchanged };
  let accepted = 0;
  for (const chunk of chunksOf(wanted, ROWS_PER_STATEMENT))
    accepted += await upsertWantedScores(tx, chunk, options);
  const isSent = send || course.sendPolicy === "as_they_come";
  const runId = isSent ? await startGradeSync(tx, caller, course) : null;
  const userIds = wanted.map(({ userId }) => userId);
  const people = await peopleInRoster(tx, course.id, userIds);
  const warned = { notInRoster: userIds.length - people.size, teachers: countTeachers(people) };
  const result = { accepted, unchanged: wanted.length - accepted, ...warned, runId };
  await audit(tx, caller, {
    action: "scores.push",
    object: "line_item",
    objectId: lineItem.id,
    detail: { ...result, source, courseId: course.id },
  });
  await notify(tx, { courseId: course.id, registrationId: course.registrationId });
  return result;
}

/** Those whom platforms refuse scores for. */
export function countTeachers(people: ReadonlyMap<string, ListedPerson>): number {
  return [...people.values()].filter(({ teaches }) => teaches).length;
}

async function target(
  tx: Db,
  { courseId }: LineItemRow,
): Promise<{ course: CourseRow; stepMs: number }> {
  const course = await findCourse(tx, courseId);
  if (!course) throw new NotFound("course", courseId);
  const registration = await findRegistration(tx, course.registrationId);
  if (!registration) throw new NotFound("registration", course.registrationId);
  if (course.archivedAt || registration.archivedAt) {
    throw new Conflict("the course or its registration is archived, restore it first");
  }
  const profile = platformProfile(registration.profile, registration.profileOverrides);
  return { course, stepMs: profile.timestampStepMs };
}

/**
 * Starts a grade sync, also while a pause holds it back: then it goes on at resume. Null when
 * nothing waits to be sent.
 */
export async function startGradeSync(
  tx: Db,
  caller: Caller,
  course: { id: string; registrationId: string },
): Promise<string | null> {
  if (!(await hasPendingScores(tx, course.id))) return null;
  const { run } = await caller.engine.enqueueRun(tx, {
    kind: "grade_sync",
    registrationId: course.registrationId,
    courseId: course.id,
    trigger: TRIGGERS[caller.actor.kind],
    startedBy: actorName(caller.actor),
    isForAdded: true,
  });
  return run.id;
}

const TRIGGERS = {
  operator: "operator",
  api_key: "api",
  system: "schedule",
} as const satisfies Record<Actor["kind"], string>;

/** A score without a value clears the platform's; one with a value needs a maximum beside it. */
function wantedScore(score: ScoreInput, lineItem: LineItemRow): WantedScore {
  const scoreGiven = score.scoreGiven ?? null;
  return {
    userId: score.userId,
    scoreGiven,
    scoreMaximum: scoreGiven === null ? null : (score.scoreMaximum ?? lineItem.scoreMaximum),
    activityProgress: score.activityProgress,
    gradingProgress: score.gradingProgress,
    comment: score.comment ?? null,
    scoringUserId: score.scoringUserId ?? null,
    submission: score.submission ?? null,
    extensions: score.extensions ?? null,
  };
}
