import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { transaction, type Db } from "#lib/db/client.ts";
import { isDatabaseDown, isRolledBack, LeaseLost } from "#lib/db/errors.ts";
import { endHeldRun } from "#lib/db/holds/holds.ts";
import { pauseOver } from "#lib/db/system/pauses.ts";
import { closeCircuit } from "#lib/db/pacing/platform-pacing.ts";
import { skipRemainingCourses } from "#lib/db/runs/courses.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { settleRun, settleUnless, type Settlement } from "#lib/db/runs/settlement.ts";
import { releaseScores } from "#lib/db/scores/release.ts";
import { beat, leave } from "#lib/db/system/workers.ts";
import { isCodedError } from "#lib/errors.ts";
import { closingOf, errorOf, failedState, openingOf, settlementOf } from "./attempt-end.ts";
import { PlatformResting } from "../errors.ts";
import { reportToPacing } from "../pacing/report.ts";
import { fenceOf, LeaseUnconfirmed, thisMoment, type Fence } from "./fence.ts";
import { startFollowUps } from "./follow-up.ts";
import { kindOf } from "../kinds/index.ts";
import type { JobDeps } from "../kinds/job.ts";
import type { KindAdditions } from "../kinds/kind.ts";
import type { PerformBulk, RunQueue } from "../queue.ts";
import { resumePausedRuns } from "./resume.ts";
import { MOST_ATTEMPTS, retryDecision } from "./retry.ts";
import { RunCancelled, RunHandle, RunInterrupted, RunPaused } from "./run-handle.ts";
import type { Schedules } from "../schedules/schedules.ts";
import { findStandstill, PAUSE_WORDS } from "./standstill.ts";

export type Worker = {
  start(concurrency: number, performBulk?: PerformBulk): Promise<void>;
  /** Gives the calls in flight some time to end, records them, and hands the rest back. */
  stop(): Promise<void>;
};

const BEAT_MS = 5_000;
const RECONCILE_MS = 15_000;
/** Calls in flight may go on for so long once the worker is told to stop… */
const GRACE_MS = 8_000;
/** …and what they came to is recorded within so much more. */
const RECORDED_WITHIN_MS = 7_000;

export function createWorker(deps: {
  job: Omit<JobDeps, "proof">;
  queue: RunQueue;
  schedules: Schedules;
  onError: (error: unknown, runId?: string) => void;
}): Worker {
  const { db } = deps.job;
  const self = { id: randomUUID(), host: hostname(), pid: process.pid };
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  /** Leases of this process that ended without a word to the database: nothing of them is in flight. */
  const silenced = new Map<string, number>();
  const fences = new Set<Fence>();
  const underWay = new Set<Promise<unknown>>();

  async function perform(runId: string, signal: AbortSignal): Promise<{ again: Date } | undefined> {
    if (stopping.signal.aborted) return { again: new Date() };
    const waiting = await findStandstill(deps.job, runId);
    if (waiting) return comeAgain(waiting);
    const since = thisMoment();
    const run = await claimRun(db, runId);
    // It ended, or was paused, in between.
    if (!run) return comeAgain(await findStandstill(deps.job, runId));
    const fence = fenceOf(db, run, since);
    fences.add(fence);
    const handle = new RunHandle(db, run, AbortSignal.any([signal, stopping.signal]), fence);
    const formerMs = silenced.get(runId) === run.lease - 1 ? 0 : run.formerMs;
    silenced.delete(runId);
    return tracked(attempt(handle, formerMs))
      .catch((error: unknown) => {
        silenced.set(runId, run.lease);
        if (error instanceof LeaseLost) return undefined;
        throw error;
      })
      .finally(() => {
        fence.end();
        fences.delete(fence);
      });
  }

  async function tracked<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function attempt(
    handle: RunHandle,
    formerMs: number,
  ): Promise<{ again: Date } | undefined> {
    await handle.event(openingOf(handle.run));
    try {
      const { needsSilence, perform, proof } = kindOf(handle.run);
      if (needsSilence) await handle.waitForSilence(formerMs);
      const result = await perform(handle, { ...deps.job, proof });
      if (handle.hasAnswer) await closeCircuit(db, handle.run.registrationId);
      return await finish(handle, settlementOf(result), kindOf(handle.run).additions);
    } catch (thrown) {
      const { aborted, reason } = handle.fence.signal;
      const error: unknown = aborted ? reason : thrown;
      // Neither says anything about the run: its job is tried again and goes on where it was.
      const isHeld = !(error instanceof LeaseLost || error instanceof LeaseUnconfirmed);
      if (!isHeld || isDatabaseDown(error) || isRolledBack(error)) throw error;
      return settleStopped(handle, error);
    }
  }

  async function settleStopped(
    handle: RunHandle,
    error: unknown,
  ): Promise<{ again: Date } | undefined> {
    const now = deps.job.now();
    if (error instanceof RunInterrupted) return handBack(handle, now);
    if (error instanceof RunPaused) return settlePaused(handle);
    if (error instanceof RunCancelled) return finish(handle, { state: "cancelled" });
    if (!isCodedError(error)) deps.onError(error, handle.run.runId);
    await reportToPacing(deps.job, handle.run.registrationId, error);
    const decision = retryDecision(error, { attempt: handle.attempt, now, random: Math.random });
    if (!decision.again)
      return finish(handle, {
        state: await failedState(handle),
        ...errorOf(error, handle.attempt),
      });
    // Whoever cancelled it while the attempt went wrong need not wait for the next one.
    await handle.progress({});
    if (handle.isCancelRequested) return finish(handle, { state: "cancelled" });
    const isAttemptFree = error instanceof PlatformResting;
    const waitReason = decision.reason;
    const what = isAttemptFree ? "waits" : `attempt ${handle.attempt} of ${MOST_ATTEMPTS} ended`;
    await handle.event({
      level: "warning",
      kind: isAttemptFree ? "run.waiting" : "run.retrying",
      message: `${what}: ${waitReason}; again at ${decision.again.toISOString()}`,
    });
    await settleRun(db, handle.run, {
      state: "queued",
      notBefore: decision.again,
      waitReason,
      isAttemptFree,
      ...errorOf(error, 0),
    });
    return { again: decision.again };
  }

  async function handBack(handle: RunHandle, again: Date): Promise<{ again: Date }> {
    const message = "this worker is stopping; another goes on";
    await handle.event({ kind: "run.handed_back", message });
    await settleRun(db, handle.run, { state: "queued", isAttemptFree: true });
    return { again };
  }

  /** Unless the pause was lifted meanwhile. */
  async function settlePaused(handle: RunHandle): Promise<{ again: Date } | undefined> {
    const { run } = handle;
    const scope = await pauseOver(db, run);
    await releaseScores(db, run);
    if (!scope) {
      await settleRun(db, run, { state: "queued", isAttemptFree: true });
      return { again: deps.job.now() };
    }
    await handle.event({ kind: "run.paused", message: `paused: ${PAUSE_WORDS[scope]}` });
    const waitReason = PAUSE_WORDS[scope];
    await settleRun(db, run, { state: "paused", waitReason, isAttemptFree: true });
    return undefined;
  }

  async function finish(
    handle: RunHandle,
    settlement: Settlement,
    additions?: KindAdditions,
  ): Promise<{ again: Date } | undefined> {
    const { run } = handle;
    const { courseId } = run;
    await releaseScores(db, run);
    if (settlement.state !== "succeeded") await skipRemainingCourses(db, run);
    if (additions && courseId) {
      const isLeft = (tx: Db) => additions.isLeft(tx, courseId);
      const end = await settleUnless(isLeft, db, run, settlement);
      if (end === "goes_on") return { again: deps.job.now() };
    } else await settleRun(db, run, settlement);
    // Its last hold may have been decided between its summary and here.
    if (settlement.state === "held") await endHeldRun(db, run.runId);
    await handle.event(await closingOf(handle, settlement));
    if (kindOf(run).additions) await followUp(run.runId);
    return undefined;
  }

  function followUp(endedRunId?: string): Promise<void> {
    return startFollowUps({ db, queue: deps.queue, random: Math.random }, endedRunId);
  }

  /** Runs that were paused in the moment in which their pause was lifted. */
  function resumeOrphans(): Promise<unknown> {
    return transaction(db, (tx) => resumePausedRuns(tx, { scope: "everything" }, deps.queue));
  }

  function repeat(work: () => Promise<unknown>, everyMs: number): void {
    timers.push(setInterval(() => work().catch(deps.onError), everyMs).unref());
  }

  return {
    async start(concurrency, performBulk) {
      await beat(db, self);
      await deps.queue.reconcile();
      await deps.queue.work(concurrency, perform);
      if (performBulk)
        await deps.queue.workBulk((operationId, signal) =>
          tracked(performBulk(operationId, AbortSignal.any([signal, stopping.signal]))),
        );
      repeat(() => beat(db, self), BEAT_MS);
      await deps.schedules.start();
      repeat(() => deps.queue.reconcile(), RECONCILE_MS);
      repeat(() => deps.schedules.align(), RECONCILE_MS);
      repeat(() => resumeOrphans(), RECONCILE_MS);
      repeat(() => followUp(), RECONCILE_MS);
    },
    async stop() {
      stopping.abort();
      timers.forEach(clearInterval);
      // Else it would be handed back its own jobs, again and again.
      await deps.queue.rest();
      const hurry = setTimeout(
        () => fences.forEach((fence) => fence.shut(new RunInterrupted())),
        GRACE_MS,
      );
      const tooLate = new Promise((resolve) =>
        setTimeout(resolve, GRACE_MS + RECORDED_WITHIN_MS).unref(),
      );
      await Promise.race([Promise.allSettled(underWay), tooLate]);
      clearTimeout(hurry);
      await leave(db, self.id).catch(() => undefined);
    },
  };
}

function comeAgain(waiting: { again?: Date } | undefined): { again: Date } | undefined {
  return waiting?.again && { again: waiting.again };
}
