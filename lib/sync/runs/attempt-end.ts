import type { Run } from "#lib/db/generated/client.ts";
import type { Settlement } from "#lib/db/runs/settlement.ts";
import type { Lease } from "#lib/db/runs/runs.ts";
import { isCodedError } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import { RetriesSpent } from "../errors.ts";
import { kindOf } from "../kinds/index.ts";
import { errorDetail, type JobResult } from "../kinds/job.ts";
import { MOST_ATTEMPTS } from "./retry.ts";
import type { RunHandle } from "./run-handle.ts";

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

/** What was reached before the error stays reached, and the state says so. */
export async function failedState(handle: RunHandle): Promise<"failed" | "partly_succeeded"> {
  const run = await storedRun(handle);
  return run.done > 0 ? "partly_succeeded" : "failed";
}

/** The event that a run ends with. */
export async function closingOf(handle: RunHandle, settlement: Settlement) {
  const run = await storedRun(handle);
  const counts = `${plural(run.done, kindOf(run).unit.one)} done, ${run.failed} failed`;
  const stays = settlement.state === "cancelled" ? "; what was accepted stays accepted" : "";
  return {
    level: settlement.state === "succeeded" ? ("info" as const) : ("warning" as const),
    kind: `run.${settlement.state}`,
    message: `${settlement.state.replace("_", " ")}: ${counts}${stays}${
      settlement.errorMessage ? `: ${settlement.errorMessage}` : ""
    }`,
  };
}

function storedRun({ db, run }: RunHandle): Promise<Run> {
  return db.prisma.run.findUniqueOrThrow({ where: { id: run.runId } });
}
