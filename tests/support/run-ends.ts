import type { Db } from "#lib/db/client.ts";
import { endRun, type RunEnd } from "#lib/db/runs/ends.ts";
import { moveRun } from "#lib/db/runs/moves/move.ts";
import type { Lease } from "#lib/db/runs/runs.ts";

type Refusal = { errorCode?: string; errorMessage?: string; errorDetail?: unknown };

export function errorOf({ errorCode: code, errorMessage = "", errorDetail }: Refusal) {
  return code === undefined ? null : { code, message: errorMessage, detail: errorDetail };
}

/** Ends an attempt as a worker would: the run is over, or waits for its next attempt. */
export async function endAttemptAs(
  db: Db,
  run: Lease,
  end: Refusal & { state: RunEnd["state"] | "queued"; notBefore?: Date },
): Promise<void> {
  const { state, notBefore = null } = end;
  const error = errorOf(end);
  if (state === "queued") {
    await moveRun(db, "retry", run, state, { notBefore, waitReason: "again later", error });
  } else await endRun(db, run, { state, error });
}
