import { memberName } from "#lib/db/rosters/members.ts";
import type { Asker, Caller } from "#lib/operations/caller.ts";
import { permit } from "#lib/operations/permit.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import type { DifferenceView } from "#lib/operations/proof/schema.ts";
import { formatScore, UNKNOWN } from "#lib/format.ts";
import { launcherName } from "./launcher-name.ts";
import { requireLaunchSession, type OpenLaunchSession } from "../session/launch-session.ts";
import { listRuns, startRun } from "#lib/operations/runs/runs.ts";
import type { Problem } from "#lib/operations/fields.ts";
import { LaunchedSync, type LaunchedCourseView } from "../schema.ts";
import { validated } from "#lib/operations/validated.ts";
import { RunKind, type RunView } from "#lib/operations/runs/schema.ts";

const MOST_DIFFERENCES = 20;

type Launched = { sessionToken: string };

/** @throws NotSignedIn  the launch is over; the course has to be opened from the LMS again */
export async function getLaunchedCourse(
  asker: Asker,
  { sessionToken }: Launched,
): Promise<LaunchedCourseView> {
  const caller = await permit(asker, "launch", "everywhere");
  return viewOf(caller, await requireLaunchSession(caller, sessionToken));
}

/**
 * Starts a sync of the launched course in the name of the person who launched it.
 *
 * @throws NotSignedIn  the launch is over
 * @throws Conflict     the platform does not offer the service, or the course is archived
 */
export async function startLaunchedSync(
  asker: Asker,
  { sessionToken, ...input }: Launched & LaunchedSync,
): Promise<LaunchedCourseView> {
  const caller = await permit(asker, "launch", "everywhere");
  const { kind } = validated(LaunchedSync, input);
  const session = await requireLaunchSession(caller, sessionToken);
  const { courseId } = session;
  await startRun(await inTheNameOf(caller, session), { kind, courseId });
  return viewOf(caller, session);
}

/** Runs and audit name who it was, as far as the roster knows. */
async function inTheNameOf(caller: Caller, session: OpenLaunchSession): Promise<Caller> {
  const known = await memberName(caller.db, session.courseId, session.userId);
  const name = launcherName(known);
  return { ...caller, actor: { kind: "system", id: "system", name } };
}

async function viewOf(
  caller: Caller,
  { courseId, seesNames }: OpenLaunchSession,
): Promise<LaunchedCourseView> {
  const [course, proof, differences, { items }] = await Promise.all([
    getCourse(caller, { courseId }),
    getCourseProof(caller, { courseId }),
    listDifferences(caller, { courseId, limit: MOST_DIFFERENCES }),
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
    proof: {
      total: proof.total,
      proven: proof.proven,
      open: proof.open,
      unproven: proof.unproven,
      provedAt: proof.provedAt,
    },
    differences: differences.items.map((difference) => shortDifference(difference, seesNames)),
    differencesTotal: differences.total,
    consoleUrl: `${caller.settings.publicUrl}/courses/${courseId}/proof`,
    runs: latest
      .filter((run) => run !== undefined)
      .map((run) => shortRun(run, course.lastRosterProblem)),
  };
}

/** Names only where the launch gave one: else the platform keeps them from this tool. */
function shortDifference(
  { id, name, userId, lineItemLabel, ours, platforms, title }: DifferenceView,
  seesNames: boolean,
): LaunchedCourseView["differences"][number] {
  const value = ({ score, maximum }: DifferenceView["ours"]) =>
    score === null ? UNKNOWN : formatScore(score, maximum);
  return {
    id,
    person: (seesNames && name) || userId,
    column: lineItemLabel,
    ours: value(ours),
    platforms: value(platforms),
    title,
  };
}

/** Addresses and the platform's own words are for operators. */
function withoutDetail({ code, message }: Problem): Problem {
  return { code, message };
}

/** Of a run over many courses, of which some failed, what it came to in this one. */
function shortRun(run: RunView, rosterProblem: Problem | null): LaunchedCourseView["runs"][number] {
  const { id, kind, done, total, failed, finishedAt } = run;
  const isOfMany = run.courseId === null && run.state === "partly_succeeded";
  const { state, message } =
    isOfMany && kind === "roster_sync"
      ? {
          state: rosterProblem ? ("failed" as const) : ("succeeded" as const),
          message: rosterProblem?.message ?? null,
        }
      : { state: run.state, message: run.problem?.message ?? run.waitReason };
  return { id, kind, state, done, total, failed, finishedAt, message };
}
