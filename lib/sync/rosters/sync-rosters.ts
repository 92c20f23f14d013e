import { anticipatedScopes, membershipsEndpoints, type PlatformTarget } from "../tokens/connect.ts";
import { startRunCourse } from "#lib/db/runs/course-start.ts";
import {
  countRunCourses,
  pendingRunCourses,
  planRunCourses,
  type RosterCourse,
} from "#lib/db/runs/courses.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { releaseRosterLock } from "#lib/db/rosters/locks.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import {
  PlatformUnavailable,
  RateLimited,
  scopesFor,
  ServiceNotOffered,
  TokenRefused,
  TokenReplyMalformed,
  uniqueScopes,
} from "#lib/lti/index.ts";
import { Connection } from "../tokens/connection.ts";
import { PlatformCoolingDown } from "../errors.ts";
import { CallSlots } from "../pacing/call-slots.ts";
import { PlatformShare } from "../pacing/platform-share.ts";
import { applyPreviewRun } from "./preview/apply-preview.ts";
import { failCourse, previewedEvent, rosterSummary } from "./course-end.ts";
import { previewCourse } from "./preview/preview-course.ts";
import { syncCourse } from "./sync-course.ts";
import { askAgain, waitOut, waitForLocks } from "./reading/waits.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { MOST_ATTEMPTS } from "../runs/retry.ts";
import type { Job, JobDeps } from "../kinds/job.ts";

/** So many courses in a row without an answer mean that the platform is down, not the course. */
const SILENT_COURSES = 3;
/** So many courses are read side by side: where an LMS takes its time, one waits and others go on. */
const MOST_AT_ONCE = 4;

type OfferedCourse = RosterCourse & { membershipsUrl: string };

/**
 * Syncs the roster of one course, or of all courses of a registration under one token. A
 * preview only lists what it would change; a run that applies one asks the platform nothing.
 */
export const syncRosters: Job = async (handle, deps) => {
  const { appliesId, retryOfId } = handle.run;
  if (appliesId !== null) return applyPreviewRun(handle, appliesId, deps.now);
  await planRunCourses(handle.db, handle.run, retryOfId);
  const { total, paused } = await countRunCourses(handle.db, handle.run.runId);
  await handle.progress({ phase: "token", total });
  if (paused > 0) await handle.event(pausedCoursesEvent(paused));
  const courses = (await pendingRunCourses(handle.db, handle.run.runId)).filter(isOffered);
  if (total === 0 && paused === 0) throw new ServiceNotOffered("memberships");
  if (courses.length > 0) await syncCourses(courses, handle, deps);
  return rosterSummary(handle);
};

async function syncCourses(courses: OfferedCourse[], handle: RunHandle, deps: JobDeps) {
  const target = await deps.loadRegistration(handle.run.registrationId);
  // A roster is read page after page: each course can use one call at once.
  const concurrency = target.profile.scoreConcurrency;
  const wanted = Math.min(courses.length, MOST_AT_ONCE, concurrency);
  const share = new PlatformShare(deps, handle, { concurrency, wanted });
  try {
    const connection = await connect(courses, { target, share, handle, deps });
    const workers = [connection, ...Array.from({ length: wanted - 1 }, () => connection.fork())];
    const sync = { share, target, handle, now: deps.now };
    let left = courses;
    while ((left = await syncEach(left, workers, sync)).length > 0) {
      // Whoever is at them may need the slots that this run holds.
      await share.release();
      await waitForLocks(left, handle, deps.now);
    }
  } finally {
    await share.release();
  }
}

/**
 * Syncs the courses in their order, as many side by side as there are workers. What stops one of
 * them stops all, each after its current course. Answers which are left because another run is
 * at their roster.
 *
 * @throws PlatformUnavailable  some were not answered for, and are left for the next attempt
 */
async function syncEach(
  courses: OfferedCourse[],
  workers: Connection[],
  sync: Omit<CourseSync, "connection">,
): Promise<OfferedCourse[]> {
  const queue = courses.values();
  const unanswered: CodedError[] = [];
  let inARow = 0;
  const taken: OfferedCourse[] = [];
  let stopped: { error: unknown } | undefined;
  const work = async (connection: Connection) => {
    for (const course of queue) {
      sync.handle.checkpoint();
      const failure = await syncOne(course, { ...sync, connection });
      if (failure === "taken") taken.push(course);
      else if (!failure) inARow = 0;
      else {
        unanswered.push(failure);
        if (++inARow >= SILENT_COURSES) throw failure;
      }
      if (stopped) return;
    }
  };
  const stop = (error: unknown) => void (stopped ??= { error });
  await Promise.all(workers.map((connection) => work(connection).catch(stop)));
  if (stopped) throw stopped.error;
  if (unanswered[0]) throw unanswered[0];
  return taken;
}

function pausedCoursesEvent(paused: number) {
  const message = `${plural(paused, "course")} left out: paused`;
  return { level: "warning" as const, kind: "course.paused", message };
}

async function connect(
  courses: OfferedCourse[],
  given: { target: PlatformTarget; share: PlatformShare; handle: RunHandle; deps: JobDeps },
): Promise<Connection> {
  const { target, share, handle, deps } = given;
  const needs = courses.map((course) => scopesFor(membershipsEndpoints(course)));
  const slots = new CallSlots(share);
  return new Connection(
    {
      cache: deps.cache,
      lti: share.watching(deps.lti),
      watch: deps.watch,
      inTurn: (call) => slots.run(call),
      waitOut: (error, times) =>
        error instanceof RateLimited
          ? waitOut(error, { share, now: deps.now })
          : askAgain(error, times, { handle, now: deps.now }),
    },
    {
      client: target,
      scopes: uniqueScopes(needs.flat()),
      atLeast: mostCommonNeed(needs),
      also: await anticipatedScopes(handle.db, handle.run.registrationId),
      runId: handle.run.runId,
    },
    handle.onToken,
  );
}

type CourseSync = {
  connection: Connection;
  share: PlatformShare;
  target: PlatformTarget;
  handle: RunHandle;
  now: () => Date;
};

/**
 * Syncs one course and records its end. What stops the whole run is thrown; an error that
 * says the platform gave no answer is returned, and the course stays pending; so does one that
 * is taken by another run.
 */
async function syncOne(
  course: OfferedCourse,
  sync: CourseSync,
): Promise<CodedError | "taken" | undefined> {
  const { connection, handle } = sync;
  try {
    const endpoints = membershipsEndpoints(course);
    if (handle.run.courseId) await connection.use(endpoints);
    else await connection.swap(endpoints);
    return await readCourse(course, sync);
  } catch (error) {
    handle.fence.check();
    if (!isCodedError(error) || error instanceof LeaseLost) throw error;
    if (error instanceof RateLimited) {
      await waitOut(error, sync);
      return syncOne(course, sync);
    }
    if (error instanceof PlatformCoolingDown) throw error;
    if (error instanceof TokenRefused || error instanceof TokenReplyMalformed) throw error;
    if (error instanceof PlatformUnavailable && handle.attempt < MOST_ATTEMPTS) {
      await releaseRosterLock(handle.db, course.courseId, handle.run);
      return error;
    }
    await failCourse(course, handle, error);
    return undefined;
  }
}

/** A course that was paused since the run began is passed over. */
async function readCourse(course: OfferedCourse, sync: CourseSync): Promise<"taken" | undefined> {
  const { connection, handle, target } = sync;
  const { endpointSwaps, tokenCase } = handle;
  const started = { phase: "fetch" as const, endpointSwaps, tokenCase };
  const start = await startRunCourse(handle.db, handle.run, course.courseId, started);
  if (start === "taken") return start;
  if (start === "paused") return undefined;
  const reading = { handle, connection, course, profile: target.profile, start };
  if (handle.run.isPreview)
    await handle.event(previewedEvent(course, await previewCourse(reading)));
  else await syncCourse(reading);
  return undefined;
}

function isOffered(course: RosterCourse): course is OfferedCourse {
  return course.membershipsUrl !== null;
}

/** The need most courses share: what is asked for alone where one odd scope spoils the request. */
function mostCommonNeed(needs: string[][]): string[] {
  const votes = new Map<string, { need: string[]; count: number }>();
  for (const need of needs) {
    const vote = votes.get(need.join(" ")) ?? { need, count: 0 };
    votes.set(need.join(" "), { need, count: vote.count + 1 });
  }
  return [...votes.values()].sort((a, b) => b.count - a.count)[0]?.need ?? [];
}
