import { transaction } from "#lib/db/client.ts";
import { backdate } from "#lib/db/system/backdate.ts";
import { listRuns, startRun } from "#lib/operations/runs/runs.ts";
import { COLLEGE } from "../courses.ts";
import { ensureRegistration } from "../furnish-console.ts";
import { shrinkRoster } from "../furnish-platform.ts";
import { enterCollege, type College } from "./college.ts";
import type { HistoryDemo } from "./demo.ts";
import { happen, overrideResults } from "./happenings.ts";
import { performed, untilAllEnded } from "./performed.ts";
import { wantScores } from "./want-scores.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * A month of a second registration: its syncs are performed one after the other, by the engine, against
 * a platform that answers at once, and then moved to the night that they stand for. Once begun, it is
 * not made again by a later start.
 */
export async function makeHistory(demo: HistoryDemo): Promise<void> {
  const { caller, platform, made } = demo;
  const registrationId = await ensureRegistration(demo, "Demo College", made.college);
  const { total } = await listRuns(caller, { registrationId, limit: 1 });
  // The platform begins again with each start, and has everybody in the course again.
  if (total > 0) return shrinkRoster(platform, COLLEGE.shrinking);
  const college = await enterCollege(demo, registrationId);
  for (let day = DAYS; day >= 0; day--) {
    demo.signal.throwIfAborted();
    await night(demo, college, day);
  }
}

/** What was done in the night so many days ago. */
async function night(demo: HistoryDemo, college: College, day: number): Promise<void> {
  const { registrationId, schedules, courses } = college;
  await happen(demo, day);
  await at(demo, registrationId, momentOf(day, "02:00"), () =>
    performed(demo, {
      kind: "roster_sync",
      registrationId,
      courseId: null,
      scheduleId: schedules.rosters,
    }),
  );
  if (day % 3 !== 0) return;
  await wantScores(demo, college, day);
  await at(demo, registrationId, momentOf(day, "05:30"), () =>
    performed(demo, {
      kind: "grade_sync",
      registrationId,
      courseId: courses.graded,
      scheduleId: schedules.grades,
    }),
  );
  if (day > 0) return;
  await overrideResults(demo, college);
  await at(demo, registrationId, momentOf(day, "06:10"), async () => {
    await startRun(demo.caller, { kind: "verify", courseId: courses.graded });
    await untilAllEnded(demo, registrationId);
  });
}

/** Does something now, and lets it have been done at that moment. */
async function at(
  { runtime }: HistoryDemo,
  registrationId: string,
  moment: Date,
  act: () => Promise<void>,
): Promise<void> {
  await runtime.engine.dropToken(registrationId);
  const since = new Date();
  await act();
  const ms = since.getTime() - moment.getTime();
  await transaction(runtime.db, (tx) => backdate(tx, { registrationId, since, ms }));
}

/** That time of day, by this machine's clock, in the latest night that is over and so many before. */
function momentOf(day: number, time: string): Date {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const latest = new Date();
  latest.setHours(hours, minutes, 0, 0);
  const isOver = new Date().setHours(7, 0, 0, 0) < Date.now();
  return new Date(latest.getTime() - (day + (isOver ? 0 : 1)) * DAY_MS);
}
