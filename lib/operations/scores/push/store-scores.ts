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
import { audit } from "#lib/operations/audit/trail.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { ColumnDeleted, Conflict, NotFound } from "#lib/operations/errors.ts";
import { requiredLineItem } from "#lib/operations/line-items/line-items.ts";
import { byUserId } from "./people.ts";
import type { Acceptance, PersonIdType, RowNote, ScoreInput, ScorePushResult } from "../schema.ts";
import { noteOf, refuse, type Row, type RowFault, warningOf, withoutDoubles } from "./rows.ts";

const ROWS_PER_STATEMENT = 10_000;

export type ScoresToStore = {
  lineItemId: string;
  rows: readonly Row[];
  /** Of rows that were refused before. */
  faults?: readonly RowFault[];
  /** Whether what is right is stored without the rest; all or nothing. */
  acceptance?: Acceptance;
  send: boolean;
  /** What their `userId` is; the platform's own ID. */
  idType?: PersonIdType;
  /** Where they came from, for the audit log. */
  source: "push" | "csv";
};

/**
 * Stores wanted scores and, with `send` or where the course's scores are sent as they come,
 * starts a grade sync of the course: all in one transaction.
 *
 * @throws InvalidInput  a person is listed twice, or is not one person of the roster, unless what is
 *                       right is wanted
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
  { lineItemId, rows, send, source, idType = "user_id", ...push }: ScoresToStore,
): Promise<ScorePushResult> {
  const { faults: earlier = [], acceptance = "all-or-nothing" } = push;
  const lineItem = await requiredLineItem(tx, lineItemId);
  const { label, url, deletedBy } = lineItem;
  if (deletedBy !== null) throw new ColumnDeleted(label || url, deletedBy);
  const { course, stepMs } = await target(tx, lineItem);
  const { known, faults: strangers } = await byUserId(tx, course.id, { rows, idType });
  const { single, faults: doubles } = withoutDoubles(known);
  const faults = [...earlier, ...strangers, ...doubles];
  if (acceptance === "all-or-nothing") refuse(faults);
  const wanted = single.map(({ score }) => wantedScore(score, lineItem));
  const { sendUnchanged } = course;
  const options = { lineItemId: lineItem.id, now: caller.now(), stepMs, sendUnchanged };
  let accepted = 0;
  for (const chunk of chunksOf(wanted, ROWS_PER_STATEMENT))
    accepted += await upsertWantedScores(tx, chunk, options);
  const isSent = send || course.sendPolicy === "as_they_come";
  const runId = isSent ? await startGradeSync(tx, caller, course) : null;
  const userIds = wanted.map(({ userId }) => userId);
  const people = await peopleInRoster(tx, course.id, userIds);
  const counts = {
    accepted,
    unchanged: wanted.length - accepted,
    refused: faults.length,
    notInRoster: userIds.length - people.size,
    teachers: countTeachers(people),
    runId,
  };
  await audit(tx, caller, {
    action: "scores.push",
    object: "line_item",
    objectId: lineItem.id,
    detail: { ...counts, source, courseId: course.id },
  });
  await notify(tx, { courseId: course.id, registrationId: course.registrationId });
  const rowNotes = acceptance === "all-or-nothing" ? [] : notesOf({ single, faults, people });
  return { ...counts, rows: rowNotes };
}

type Noted = {
  single: readonly Row[];
  faults: readonly RowFault[];
  people: ReadonlyMap<string, ListedPerson>;
};

/** Each row of which there is something to tell, in the order of the request. */
function notesOf({ single, faults, people }: Noted): RowNote[] {
  const warnings = single.flatMap((row) => {
    const person = people.get(row.score.userId);
    if (!person) return [warningOf(row, "not_in_roster")];
    return person.teaches ? [warningOf(row, "teacher")] : [];
  });
  return [...faults.map(noteOf), ...warnings].sort((one, other) => one.index - other.index);
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
