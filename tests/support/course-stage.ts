import { randomBytes } from "node:crypto";
import { transaction, type Database } from "#lib/db/client.ts";
import { insertHold } from "#lib/db/holds/holds.ts";
import { finishRunCourse, planRunCourses, type CourseEnd } from "#lib/db/runs/courses.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { insertRun, type NewRun } from "#lib/db/runs/runs.ts";
import { keptOutcomes } from "./course-outcomes.ts";

export const REFUSED = { errorCode: "lti.token_refused", errorMessage: "invalid_client" };
export const GONE = {
  state: "failed",
  errorCode: "lti.resource_gone",
  errorMessage: "404",
  errorDetail: { status: 404 },
} as const;

export type CourseStage = Awaited<ReturnType<typeof openCourseStage>>;

/** Three courses of a registration of their own, and runs over them without a platform. */
export async function openCourseStage(db: Database) {
  const { registrationId, courseIds } = await insertCourses(db, 3);

  /** A run that a worker has begun. */
  async function begun(given: Partial<NewRun> = {}) {
    const run: NewRun = {
      kind: "roster_sync",
      registrationId,
      courseId: null,
      trigger: "operator",
      startedBy: "Kim Park",
      ...given,
    };
    const { run: stored } = await transaction(db, (tx) => insertRun(tx, run));
    const lease = (await claimRun(db, stored.id))!;
    if (run.kind === "roster_sync") await planRunCourses(db, lease, run.retryOfId ?? null);
    return lease;
  }

  const endPart = (runId: string, courseId: string, end: CourseEnd) =>
    finishRunCourse(db, runId, courseId, end);

  return {
    registrationId,
    courseIds,
    begun,
    endPart,

    /** A roster sync that waits for a decision about one course. */
    async heldIn(courseId: string) {
      const run = await begun({ courseId });
      const { runId } = run;
      const hold = { runId, courseId, registrationId, rule: "share" };
      const id = await insertHold(db, { ...hold, removals: 20, membersBefore: 50 });
      await endPart(runId, courseId, { state: "held" });
      await endAttemptAs(db, run, { state: "held" });
      return { id, runId, courseId };
    },

    /** A run that came to the same end in all its courses. */
    async ended(given: Partial<NewRun>, end: CourseEnd & { state: "succeeded" | "failed" }) {
      const run = await begun(given);
      if (run.kind === "roster_sync")
        for (const courseId of given.courseId ? [given.courseId] : courseIds)
          await endPart(run.runId, courseId, end);
      const error = end.state === "failed" ? REFUSED : {};
      await endAttemptAs(db, run, { state: end.state, ...error });
      return run.runId;
    },

    async outcomeOf(courseId: string) {
      return (await keptOutcomes(db)).find(({ id }) => id === courseId)!;
    },

    /** The reasons for the courses' health. */
    async reasons() {
      const kept = new Map((await keptOutcomes(db)).map(({ id, reason }) => [id, reason]));
      return courseIds.map((id) => kept.get(id));
    },
  };
}

/** Courses of a registration of their own, whose platform does not exist. */
export async function insertCourses({ prisma }: Database, courseCount: number) {
  const url = "https://lms.example.edu";
  const registration = await prisma.registration.create({
    data: {
      name: "State University",
      issuer: url,
      clientId: randomBytes(4).toString("hex"),
      tokenEndpoint: `${url}/token`,
      authorizationEndpoint: `${url}/authorize`,
      jwksUrl: `${url}/jwks`,
      deployments: { create: { deploymentId: "1" } },
    },
    include: { deployments: true },
  });
  const rows = await prisma.course.createManyAndReturn({
    data: Array.from({ length: courseCount }, (_, index) => ({
      registrationId: registration.id,
      deploymentId: registration.deployments[0]!.id,
      contextId: `context-${index}`,
      title: `Course ${index}`,
      membershipsUrl: `${url}/${index}/members`,
      rosterSyncedAt: new Date(),
    })),
  });
  return { registrationId: registration.id, courseIds: rows.map(({ id }) => id) };
}
