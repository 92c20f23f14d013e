import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { LeaseLost, MoveRefused } from "#lib/db/errors.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import type { JobDeps } from "../kinds/job.ts";
import type { PerformBulk, RunQueue } from "../queue/index.ts";
import type { Schedules } from "../schedules/schedules.ts";
import { attempt } from "./attempt.ts";
import type { Again } from "./attempt-end.ts";
import { afterEnd } from "./ended.ts";
import { fenceOf, thisMoment, type Fence } from "./lease/fence.ts";
import { RunHandle, RunInterrupted } from "./lease/run-handle.ts";
import { findWait } from "../pacing/may-begin.ts";
import { createUpkeep, type Upkeep } from "./upkeep.ts";

/** Calls in flight may go on for so long once the worker is to stop… */
const GRACE_MS = 8_000;
/** …and what they came to is recorded within so much more. */
const RECORDED_WITHIN_MS = 7_000;

export type WorkerDeps = {
  job: Omit<JobDeps, "proof">;
  queue: RunQueue;
  schedules: Schedules;
  onError: (error: unknown, runId?: string) => void;
};

type Claimed = {
  handle: RunHandle;
  fence: Fence;
  /** For how long whoever had the run may still be sending. */
  formerMs: number;
};

/** Performs the runs whose alarm rings: claims one, makes an attempt at it, and ends the attempt. */
export class Worker {
  readonly #stopping = new AbortController();
  /** Leases that this process released without telling the database; nothing is in flight for them. */
  readonly #released = new Map<string, number>();
  readonly #fences = new Set<Fence>();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #upkeep: Upkeep;

  constructor(private readonly deps: WorkerDeps) {
    const { job, queue, schedules, onError } = deps;
    const self = { id: randomUUID(), host: hostname(), pid: process.pid };
    this.#upkeep = createUpkeep({ db: job.db, queue, schedules, self, onError });
  }

  async start(concurrency: number, performBulk?: PerformBulk): Promise<void> {
    const { queue, schedules } = this.deps;
    await this.#upkeep.start();
    await queue.work(concurrency, (runId, signal) => this.#perform(runId, signal));
    if (performBulk)
      await queue.workBulk((operationId, signal) =>
        this.#tracked(performBulk(operationId, this.#orStopping(signal))),
      );
    await schedules.start();
  }

  /** Gives the calls in flight some time to end, records them, and gives the others back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#upkeep.stop();
    // Else it would be handed back its own jobs, again and again.
    await this.deps.queue.rest();
    const end = () => this.#fences.forEach((fence) => fence.shut(new RunInterrupted()));
    const hurry = setTimeout(end, GRACE_MS);
    const tooLate = new Promise((resolve) =>
      setTimeout(resolve, GRACE_MS + RECORDED_WITHIN_MS).unref(),
    );
    await Promise.race([Promise.allSettled(this.#underWay), tooLate]);
    clearTimeout(hurry);
    await this.#upkeep.leave().catch(() => undefined);
  }

  async #perform(runId: string, signal: AbortSignal): Promise<Again> {
    if (this.#stopping.signal.aborted) return { again: new Date() };
    const waiting = await findWait(this.deps.job, runId);
    if (waiting) return comeAgain(waiting);
    const claimed = await this.#claim(runId, signal);
    // It ended, or was paused, in between.
    if (!claimed) return comeAgain(await findWait(this.deps.job, runId));
    return this.#tracked(this.#attempt(claimed));
  }

  async #claim(runId: string, signal: AbortSignal): Promise<Claimed | null> {
    const { db } = this.deps.job;
    const since = thisMoment();
    const run = await claimRun(db, runId);
    if (!run) return null;
    const fence = fenceOf(db, run, since);
    this.#fences.add(fence);
    const handle = new RunHandle(db, run, this.#orStopping(signal), fence);
    const formerMs = this.#released.get(runId) === run.lease - 1 ? 0 : run.formerMs;
    this.#released.delete(runId);
    return { handle, fence, formerMs };
  }

  async #attempt({ handle, fence, formerMs }: Claimed): Promise<Again> {
    const { job, queue, onError } = this.deps;
    const { db, now } = job;
    const { runId, lease } = handle.run;
    const follow = (endedRunId: string) => afterEnd({ db, queue, random: Math.random }, endedRunId);
    try {
      return await attempt(handle, formerMs, {
        job,
        now,
        onError,
        afterEnd: follow,
        watch: job.watch,
      });
    } catch (error) {
      this.#released.set(runId, lease);
      if (error instanceof LeaseLost || error instanceof MoveRefused) return undefined;
      throw error;
    } finally {
      fence.end();
      this.#fences.delete(fence);
    }
  }

  #orStopping(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#stopping.signal]);
  }

  async #tracked<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }
}

function comeAgain(waiting: { again?: Date } | undefined): Again {
  return waiting?.again && { again: waiting.again };
}
