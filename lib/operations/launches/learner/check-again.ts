import { transaction, type Db } from "#lib/db/client.ts";
import { lockCourse } from "#lib/db/courses/courses.ts";
import * as stored from "#lib/db/launches/grade-checks.ts";
import { isCodedError } from "#lib/errors.ts";
import { isFinished } from "#lib/sync/index.ts";
import type { Asker, Caller } from "../../caller.ts";
import { requiredCourse } from "../../courses/courses.ts";
import { permit } from "../../permit.ts";
import { startRunIn } from "../../runs/runs.ts";
import { requireOwnSession, type OpenLaunchSession } from "../session/launch-session.ts";
import { A_LEARNER } from "../record/launcher-name.ts";
import { ownGradesOf, type OwnGrades } from "./own-grades.ts";

/** One person may ask this often, */
const PERSON_PAUSE_MS = 5 * 60_000;
/** one course is read for learners this often, whoever asks, */
const COURSE_PAUSE_MS = 2 * 60_000;
/** and so many courses of one registration at once. */
const MOST_UNDER_WAY = 5;

/** What became of the wish to have grades checked again. */
export type CheckAnswer =
  | "started"
  /** Somebody else's check, or a sync's, is at it. */
  | "under_way"
  /** The course was read a moment ago, or this person asked a moment ago. */
  | "too_soon"
  /** Many courses are being read for learners. */
  | "busy"
  /** Paused, archived, or not offered. */
  | "not_now";

/**
 * Reads the course's results from the platform again, for one of its learners; at most so often
 * for one person, one course and one registration, in all processes.
 *
 * @throws NotSignedIn  the launch is over
 */
export async function checkOwnGrades(
  asker: Asker,
  { sessionToken }: { sessionToken: string },
): Promise<{ answer: CheckAnswer; page: OwnGrades }> {
  const caller = await permit(asker, "launch", "everywhere");
  const session = await requireOwnSession(caller, sessionToken);
  const answer = await transaction(caller.db, (tx) => check(tx, caller, session)).catch(notNow);
  return { answer, page: await ownGradesOf(caller, session) };
}

async function check(tx: Db, caller: Caller, session: OpenLaunchSession): Promise<CheckAnswer> {
  const { courseId, userId } = session;
  const now = caller.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  // All who ask for one course do so one after the other.
  await lockCourse(tx, courseId);
  const latest = await stored.latestVerification(tx, courseId);
  if (latest && !isFinished(latest.state)) return "under_way";
  if (latest && latest.createdAt > before(COURSE_PAUSE_MS)) return "too_soon";
  const { registrationId } = await requiredCourse(tx, courseId);
  const underWay = await stored.countChecksUnderWay(tx, registrationId, A_LEARNER);
  if (underWay >= MOST_UNDER_WAY) return "busy";
  const person = { courseId, userId };
  const mayAsk = await stored.noteCheck(tx, person, { now, after: before(PERSON_PAUSE_MS) });
  if (!mayAsk) return "too_soon";
  const actor = { kind: "system", id: "system", name: A_LEARNER } as const;
  await startRunIn(tx, { ...caller, actor }, { kind: "verify", courseId });
  return "started";
}

/** What stands against it is for operators to know; a learner may try later. */
function notNow(error: unknown): CheckAnswer {
  if (isCodedError(error) && error.code === "operation.conflict") return "not_now";
  throw error;
}
