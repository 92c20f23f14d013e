import { finishRunCourse, type RosterCourse, countRunCourses } from "#lib/db/runs/courses.ts";
import type { NewRunEvent } from "#lib/db/runs/events.ts";
import type { CodedError } from "#lib/errors.ts";
import { errorDetail, type JobResult } from "../kinds/job.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { holdWords, type HoldRule } from "./hold.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** How a course's part of a run ended. */
export type CourseOutcome = {
  removed: number;
  /** Removals that wait for a person, and why. */
  held: { removals: number; membersBefore: number; rule: HoldRule } | null;
  /** Members who went on although a rule would have held them. */
  allowedBy: HoldRule | null;
};

/** Ends a course's part of the run with an error; the run goes on with the others. */
export async function failCourse(
  course: RosterCourse,
  handle: RunHandle,
  error: CodedError,
): Promise<void> {
  await handle.transaction(async (client) => {
    await finishRunCourse(client, handle.run.runId, course.courseId, {
      state: "failed",
      errorCode: error.code,
      errorMessage: error.message,
      errorDetail: errorDetail(error),
    });
    await handle.progress({ add: { failed: 1 } }, client);
  });
  await handle.event({
    level: "error",
    kind: "course.failed",
    message: `${course.title}: ${error.message}`,
    detail: { courseId: course.courseId, code: error.code, ...errorDetail(error) },
  });
}

export function syncedEvent(course: RosterCourse, outcome: CourseOutcome): NewRunEvent {
  const detail = { courseId: course.courseId };
  const { held, removed, allowedBy } = outcome;
  if (held)
    return {
      level: "warning",
      kind: "course.held",
      message: `${course.title}: roster read to its end; ${held.removals} of ${held.membersBefore} members are gone and wait for a decision: ${holdWords(held.rule)}`,
      detail: { ...detail, ...held },
    };
  const gone = removed > 0 ? `, ${removed} removed` : "";
  const allowed = allowedBy
    ? ` although ${holdWords(allowedBy)}: larger drops are allowed for this course`
    : "";
  return {
    kind: "course.synced",
    message: `${course.title}: roster read to its end${gone}${allowed}`,
    detail,
  };
}

export function previewedEvent(
  course: RosterCourse,
  { removals, rule }: { removals: number; rule: HoldRule | null },
): NewRunEvent {
  const held = rule ? `; a sync would hold the ${removals} removals: ${holdWords(rule)}` : "";
  return {
    kind: "course.previewed",
    message: `${course.title}: compared with the platform, nothing was written${held}`,
    detail: { courseId: course.courseId, ...(rule && { removals, rule }) },
  };
}

/** How a roster run ended: held while any of its courses waits for a person. */
export async function rosterSummary(handle: RunHandle): Promise<JobResult> {
  const { total, succeeded, held } = await countRunCourses(handle.db, handle.run.runId);
  // A course that was paused meanwhile is none of the run's any more.
  await handle.progress({ total });
  if (succeeded === total) return { state: "succeeded" };
  const error = await firstError(handle);
  if (held > 0) return { state: "held", error };
  return { state: succeeded === 0 ? "failed" : "partly_succeeded", error };
}

async function firstError(handle: RunHandle): Promise<JobResult["error"]> {
  const first = await handle.db.prisma.runCourse.findFirst({
    where: { runId: handle.run.runId, state: "failed" },
    orderBy: { position: "asc" },
  });
  if (!first?.errorCode) return undefined;
  return {
    code: first.errorCode,
    message: first.errorMessage ?? "",
    detail: (first.errorDetail ?? undefined) as Prisma.InputJsonObject | undefined,
  };
}
