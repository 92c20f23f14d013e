import type { Db } from "#lib/db/client.ts";
import { endHeldRun } from "#lib/db/holds/decide.ts";
import { endRun, pauseStoppedRun, type RunEnd } from "#lib/db/runs/ends.ts";
import { moveRun } from "#lib/db/runs/moves/move.ts";
import { isFinished, type MoveFacts } from "#lib/db/runs/moves/table.ts";
import { lockTarget } from "#lib/db/runs/runs.ts";
import { isCodedError } from "#lib/errors.ts";
import { PlatformCoolingDown, RetriesSpent } from "../errors.ts";
import { kindOf } from "../kinds/index.ts";
import { errorDetail, type JobResult } from "../kinds/job.ts";
import { reportToPacing } from "../pacing/circuit.ts";
import { PAUSE_WORDS } from "../pacing/may-begin.ts";
import type { EngineWatch } from "../watch.ts";
import { MOST_ATTEMPTS, retryDecision } from "./retry.ts";
import { RunCancelled, RunInterrupted, RunPaused, type RunHandle } from "./lease/run-handle.ts";

/** What an attempt came to: a result, or what stopped it. */
export type Outcome = { result: JobResult } | { stoppedBy: unknown };

/** When the run's job comes again; nothing once the run is finished, paused or held. */
export type Again = { again: Date } | undefined;

export type EndDeps = {
  now: () => Date;
  onError: (error: unknown, runId?: string) => void;
  watch?: EngineWatch;
  /** Called once a run has ended, after the transaction of its end. */
  afterEnd: (runId: string) => Promise<void>;
};

/** Ends an attempt by the move that its outcome asks for, and says when the run goes on. */
export async function endAttempt(
  handle: RunHandle,
  outcome: Outcome,
  deps: EndDeps,
): Promise<Again> {
  if ("result" in outcome) return finish(handle, outcome.result, deps, moreWanted(handle));
  const { stoppedBy: error } = outcome;
  if (error instanceof RunInterrupted) return handBack(handle, deps);
  if (error instanceof RunPaused) return pause(handle, deps);
  if (error instanceof RunCancelled) return finish(handle, { state: "cancelled" }, deps);
  return retryOrFail(handle, error, deps);
}

async function retryOrFail(handle: RunHandle, error: unknown, deps: EndDeps): Promise<Again> {
  if (!isCodedError(error)) deps.onError(error, handle.run.runId);
  const { db, run, attempt } = handle;
  await reportToPacing({ db, now: deps.now }, run.registrationId, error);
  const decision = retryDecision(error, { attempt, now: deps.now(), random: Math.random });
  if (!decision.again)
    return finish(
      handle,
      { state: await failedState(handle), error: errorOf(error, attempt) },
      deps,
    );
  // Whoever cancelled it while the attempt went wrong need not wait for the next one.
  await handle.progress({});
  if (handle.isCancelRequested) return finish(handle, { state: "cancelled" }, deps);
  const wait = { notBefore: decision.again, waitReason: decision.reason };
  if (error instanceof PlatformCoolingDown) await moveRun(db, "wait", run, "queued", wait);
  else await moveRun(db, "retry", run, "queued", { ...wait, error: errorOf(error, 0) });
  return { again: decision.again };
}

async function handBack({ db, run }: RunHandle, { now }: EndDeps): Promise<Again> {
  await moveRun(db, "hand_back", run, "queued");
  return { again: now() };
}

async function pause({ db, run }: RunHandle, { now }: EndDeps): Promise<Again> {
  const end = await pauseStoppedRun(db, run, PAUSE_WORDS);
  return end === "goes_on" ? { again: now() } : undefined;
}

async function finish(
  { db, run }: RunHandle,
  end: RunEnd,
  deps: EndDeps,
  isMoreWanted?: (tx: Db) => Promise<boolean>,
): Promise<Again> {
  if ((await endRun(db, run, end, isMoreWanted)) === "goes_on") return { again: deps.now() };
  // Its last hold may have been decided between its summary and here.
  if (end.state === "held") await endHeldRun(db, run.runId);
  if (!isFinished(end.state)) return undefined;
  const { kind } = run;
  deps.watch?.ended({ kind, state: end.state, errorCode: end.error?.code ?? null });
  await deps.afterEnd(run.runId);
  return undefined;
}

/** Whether something was added to the target that a run which went to its end must not leave behind. */
function moreWanted({ run }: RunHandle): ((tx: Db) => Promise<boolean>) | undefined {
  const { courseId } = run;
  const { additions } = kindOf(run);
  if (!additions || courseId === null) return undefined;
  return async (tx) => {
    await lockTarget(tx, run);
    return additions.isLeft(tx, courseId);
  };
}

function errorOf(error: unknown, attempts: number): NonNullable<MoveFacts["error"]> {
  if (!isCodedError(error)) return { code: "unexpected", message: "unexpected error" };
  const shown = attempts >= MOST_ATTEMPTS ? new RetriesSpent(attempts, error) : error;
  return { code: error.code, message: shown.message, detail: errorDetail(error) };
}

/** What was reached before the error stays reached, and the state says so. */
async function failedState({ db, run }: RunHandle): Promise<"failed" | "partly_succeeded"> {
  const { done } = await db.prisma.run.findUniqueOrThrow({
    where: { id: run.runId },
    select: { done: true },
  });
  return done > 0 ? "partly_succeeded" : "failed";
}
