import { rosterSyncs, scoreDays } from "#lib/db/history/course.ts";
import { type DayRow, registrationDays } from "#lib/db/history/hours.ts";
import { countWaitingScores } from "#lib/db/history/waiting.ts";
import type { Asker } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { permit } from "../permit.ts";
import { getRegistration } from "../registrations/registrations.ts";
import { answerTime } from "./answer-time.ts";
import type { CourseHistory, CourseSync, RegistrationDay, RegistrationHistory } from "./schema.ts";

const DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1_000;
const SHOWN_SYNCS = 60;

/** What happened at a registration on each of the last thirty days, and how its platform answered. */
export async function getRegistrationHistory(
  asker: Asker,
  { registrationId }: { registrationId: string },
): Promise<RegistrationHistory> {
  const caller = await permit(asker, "read", { registrationId });
  const { id } = await getRegistration(caller, { registrationId });
  const [days, scoresWaiting] = await Promise.all([
    registrationDays(caller.db, id, DAYS),
    countWaitingScores(caller.db, id),
  ]);
  return { days: days.map(dayOf), scoresWaiting };
}

/** The roster syncs of a course and its scores over the last thirty days. */
export async function getCourseHistory(
  asker: Asker,
  { courseId }: { courseId: string },
): Promise<CourseHistory> {
  const caller = await permit(asker, "read", { courseId });
  const { id } = await requiredCourse(caller.db, courseId);
  const since = new Date(caller.now().getTime() - DAYS * DAY_MS);
  const [syncs, days] = await Promise.all([
    rosterSyncs(caller.db, id, { since, limit: SHOWN_SYNCS + 1 }),
    scoreDays(caller.db, id, DAYS),
  ]);
  const shown = syncs.slice(0, SHOWN_SYNCS).map((sync): CourseSync => ({
    ...sync,
    // The query asks for these alone.
    state: sync.state as CourseSync["state"],
    at: sync.at.toISOString(),
  }));
  return {
    syncs: shown.toReversed(),
    hasEarlierSyncs: syncs.length > SHOWN_SYNCS,
    days: days.map(({ day, ...counts }) => ({ day: day.toISOString(), ...counts })),
  };
}

function dayOf({ day, callsFailed, callsThrottled, ...row }: DayRow): RegistrationDay {
  const { runs, runsFailed, membersAdded, membersRemoved, scoresSent, scoresRejected } = row;
  const answered = [
    row.within100ms,
    row.within250ms,
    row.within500ms,
    row.within1s,
    row.within3s,
    row.within10s,
    row.longer,
  ];
  const answers = answered.reduce((sum, each) => sum + each, 0);
  return {
    day: day.toISOString(),
    runs,
    runsFailed,
    membersAdded,
    membersRemoved,
    scoresSent,
    scoresRejected,
    platform: {
      calls: answers + callsFailed + callsThrottled,
      failed: callsFailed,
      throttled: callsThrottled,
      medianMs: answerTime(answered, 0.5),
      p95Ms: answerTime(answered, 0.95),
    },
  };
}
