import { memberName } from "#lib/db/rosters/members.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { permit } from "#lib/operations/permit.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { launcherName } from "./launcher-name.ts";
import { requireLaunchSession, type OpenLaunchSession } from "../launch-session.ts";
import { listRuns, startRun } from "#lib/operations/runs/runs.ts";
import type { Problem } from "#lib/operations/fields.ts";
import type { LaunchedCourseView } from "../schema.ts";
import { RunKind, type RunView } from "#lib/operations/runs/schema.ts";

type Launched = { sessionToken: string };

/** @throws NotSignedIn  the launch is over; the course has to be opened from the LMS again */
export async function getLaunchedCourse(
  asker: Asker,
  { sessionToken }: Launched,
): Promise<LaunchedCourseView> {
  const caller = await permit(asker, "launch", "everywhere");
  const { courseId } = await requireLaunchSession(caller, sessionToken);
  return viewOf(caller, courseId);
}

/**
 * Starts a sync of the launched course in the name of the person who launched it.
 *
 * @throws NotSignedIn  the launch is over
 * @throws Conflict     the platform does not offer the service, or the course is archived
 */
export async function startLaunchedSync(
  asker: Asker,
  { sessionToken, kind }: Launched & { kind: RunKind },
): Promise<LaunchedCourseView> {
  const caller = await permit(asker, "launch", "everywhere");
  const session = await requireLaunchSession(caller, sessionToken);
  const { courseId } = session;
  await startRun(await inTheNameOf(caller, session), { kind, courseId });
  return viewOf(caller, courseId);
}

/** Runs and audit name who it was, as far as the roster knows. */
async function inTheNameOf(caller: Caller, session: OpenLaunchSession): Promise<Caller> {
  const known = await memberName(caller.db, session.courseId, session.userId);
  const name = launcherName(known);
  return { ...caller, actor: { kind: "system", id: "system", name } };
}

async function viewOf(caller: Caller, courseId: string): Promise<LaunchedCourseView> {
  const [course, { items }] = await Promise.all([
    getCourse(caller, { courseId }),
    listRuns(caller, { courseId, limit: 20 }),
  ]);
  const latest = RunKind.options.map((kind) => items.find((run) => run.kind === kind));
  return {
    title: course.title,
    label: course.label,
    registrationName: course.registrationName,
    offersMemberships: course.offersMemberships,
    offersGrades: course.offersGrades,
    memberCount: course.memberCount,
    rosterSyncedAt: course.rosterSyncedAt,
    scores: course.scores,
    rosterProblem: course.lastRosterProblem && withoutDetail(course.lastRosterProblem),
    healthReason: course.healthReason,
    runs: latest.filter((run) => run !== undefined).map(shortRun),
  };
}

/** Addresses and the platform's own words are for operators. */
function withoutDetail({ code, message }: Problem): Problem {
  return { code, message };
}

function shortRun(run: RunView): LaunchedCourseView["runs"][number] {
  const { id, kind, state, done, total, failed } = run;
  const message = run.problem?.message ?? run.waitReason;
  return { id, kind, state, done, total, failed, finishedAt: run.finishedAt, message };
}
