import type { Prisma } from "#lib/db/generated/client.ts";
import { countRunCourses } from "#lib/db/runs/courses.ts";
import type { JobResult } from "../kinds/job.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";

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
