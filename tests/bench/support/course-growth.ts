import { getCourse, listCourses } from "#lib/operations/courses/courses.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { listRuns } from "#lib/operations/runs/runs.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import { startRunCourse } from "#lib/db/runs/course-start.ts";
import {
  countRunCourses,
  finishRunCourse,
  pendingRunCourses,
  planRunCourses,
} from "#lib/db/runs/courses.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { insertRun, type Lease } from "#lib/db/runs/runs.ts";
import { millisecondsOf, timed, timingOf, type Call, type Timing } from "./timed.ts";

/** What pages about a registration, and a run over all its courses, cost. */
export async function growthOf(
  caller: Caller,
  { id: registrationId }: Registration,
  times: number,
): Promise<Record<string, Timing>> {
  const { items } = await listCourses(caller, { registrationId });
  const courseId = items[0]!.id;
  const pages: Record<string, Call> = {
    "the registration": () => getRegistration(caller, { registrationId }),
    "its courses, first page": () => listCourses(caller, { registrationId }),
    "its courses, degraded": () => listCourses(caller, { registrationId, health: "degraded" }),
    "its courses, text": () => listCourses(caller, { registrationId, q: "abc" }),
    "one of its courses": () => getCourse(caller, { courseId }),
    "its runs": () => listRuns(caller, { registrationId }),
  };
  const timings: Record<string, Timing> = {};
  for (const [page, call] of Object.entries(pages)) timings[page] = await timed(call, times);
  const rounds = Math.max(3, Math.ceil(times / 4));
  return { ...timings, ...(await runOverAll(caller, registrationId, rounds)) };
}

/** So many of its courses are read one by one. */
const MOST_STARTED = 100;

async function runOverAll(caller: Caller, registrationId: string, rounds: number) {
  const ms: Record<string, number[]> = {};
  const time = async (step: string, call: Call) =>
    void (ms[step] ??= []).push(await millisecondsOf(call));
  for (let round = 0; round < rounds; round++) {
    const lease = await begin(caller.db, registrationId, time);
    await readCourses(caller.db, lease, time);
    await time("overview while it runs", () => getOverview(caller));
    await fail(caller.db, lease, time);
    const where = { id: lease.runId };
    await time("delete the run", () => caller.db.prisma.run.delete({ where }));
  }
  return Object.fromEntries(Object.entries(ms).map(([step, all]) => [step, timingOf(all)]));
}

type Time = (step: string, call: Call) => Promise<void>;

async function begin(db: Db, registrationId: string, time: Time): Promise<Lease> {
  const { run } = await transaction(db, (tx) =>
    insertRun(tx, {
      kind: "roster_sync",
      registrationId,
      courseId: null,
      trigger: "operator",
      startedBy: "Nightly",
    }),
  );
  const lease = (await claimRun(db, run.id))!;
  await time("plan its courses", () => planRunCourses(db, lease, null));
  await time("count them", () => countRunCourses(db, run.id));
  return lease;
}

async function readCourses(db: Db, lease: Lease, time: Time): Promise<void> {
  const { runId } = lease;
  await time("read what is pending", () => pendingRunCourses(db, runId));
  for (const { courseId } of (await pendingRunCourses(db, runId)).slice(0, MOST_STARTED)) {
    await time("start a course", () => startRunCourse(db, lease, courseId));
    await time("finish a course", () =>
      finishRunCourse(db, runId, courseId, { state: "succeeded" }),
    );
  }
}

/** The most that the end of a run can cost: each course that was not reached has failed. */
async function fail(db: Db, lease: Lease, time: Time): Promise<void> {
  const error = { errorCode: "lti.platform_unavailable", errorMessage: "no answer" };
  await time("fail with the others unread", async () => {
    await endAttemptAs(db, lease, { state: "failed", ...error });
  });
}
