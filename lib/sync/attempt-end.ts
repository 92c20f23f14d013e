import type { Run } from "#lib/db/generated/client.ts";
import type { Settlement } from "#lib/db/run-settlement.ts";
import type { Lease } from "#lib/db/runs.ts";
import { isCodedError } from "#lib/errors.ts";
import { RetriesSpent } from "./errors.ts";
import { errorDetail, type JobResult } from "./jobs/job.ts";
import { MOST_ATTEMPTS } from "./retry.ts";

/** It came to the end of what waited, whatever the platform said to each score. */
export function hasSentAll({ state, errorCode }: Settlement): boolean {
  return (
    state === "succeeded" ||
    errorCode === "sync.scores_rejected" ||
    errorCode === "sync.changed_on_platform"
  );
}

/** The event that an attempt begins with. */
export function openingOf(run: Run & Lease) {
  if (run.lease === 1) return { kind: "run.started", message: `started for ${run.startedBy}` };
  const message =
    run.attempt > 1 ? `attempt ${run.attempt}: goes on where it was` : "goes on where it was";
  return { kind: "run.resumed", message, detail: { lease: run.lease } };
}

export function settlementOf(result: JobResult): Settlement {
  return {
    state: result.state,
    errorCode: result.error?.code,
    errorMessage: result.error?.message,
    errorDetail: result.error?.detail,
  };
}

export function errorOf(
  error: unknown,
  attempts: number,
): Pick<Settlement, "errorCode" | "errorMessage" | "errorDetail"> {
  if (!isCodedError(error)) return { errorCode: "unexpected", errorMessage: "unexpected error" };
  const told = attempts >= MOST_ATTEMPTS ? new RetriesSpent(attempts, error) : error;
  return {
    errorCode: error.code,
    errorMessage: told.message,
    errorDetail: errorDetail(error),
  };
}
