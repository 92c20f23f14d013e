import type { Db } from "#lib/db/client.ts";
import { type PerformBulk, reconcileBulk, sendBulk, workBulk } from "./bulk-jobs.ts";
import { BULK_QUEUE, createBoss, openQueues, QUEUE, SCHEDULE_QUEUE } from "./queues.ts";
import {
  bringRunsForward,
  type PerformRun,
  type QueuedRun,
  reconcileRuns,
  sendRun,
  sendRuns,
  workRuns,
} from "./run-jobs.ts";
import { alignSchedules, type QueueSchedule, workSchedules } from "./schedule-jobs.ts";

export type { PerformBulk } from "./bulk-jobs.ts";
export type { QueuedRun } from "./run-jobs.ts";

/** The only folder that names the queue library. One job is one attempt at one run. */
export type RunQueue = {
  start(): Promise<void>;
  /** Queues a run inside the caller's transaction; a run that already waits is left alone. */
  send(tx: Db, run: QueuedRun, startAfter?: Date): Promise<void>;
  /** Queues many runs in one step, to begin at once. */
  sendAll(tx: Db, runs: readonly QueuedRun[]): Promise<void>;
  /** Lets queued runs that were to wait begin now. */
  bringForward(tx: Db, runIds: readonly string[]): Promise<void>;
  /**
   * Performs queued runs, up to `concurrency` at once. `perform` answers when to come again,
   * or nothing when the run is finished; when it throws, the run is tried again soon.
   */
  work(concurrency: number, perform: PerformRun): Promise<void>;
  /** Queues unfinished runs and bulk operations that have no job, however they lost it. */
  reconcile(): Promise<number>;
  /** Queues a bulk operation inside the caller's transaction. */
  sendBulk(tx: Db, operationId: string): Promise<void>;
  /** Performs bulk operations, one at a time; as with runs, `perform` answers when to come again. */
  workBulk(perform: PerformBulk): Promise<void>;
  /** Makes the library's own schedules those wanted: what is missing is added, what is not, removed. */
  alignSchedules(wanted: () => Promise<readonly QueueSchedule[]>): Promise<void>;
  /**
   * Calls `fire` with the schedule's ID when its time has come; tried again when it throws.
   * The signal says that another process does the same by now.
   */
  workSchedules(fire: (scheduleId: string, signal: AbortSignal) => Promise<void>): Promise<void>;
  /**
   * The next moments of a cron expression after `from`, as the scheduler itself calculates them.
   *
   * @throws Error  the expression or the zone cannot be used; its message says why
   */
  nextTimes(cron: string, options: { timeZone: string; from: Date; count: number }): Date[];
  /** Takes no job on any more; what is being performed goes on. */
  rest(): Promise<void>;
  stop(): Promise<void>;
};

// What it performs has ended by then.
const STOP_TIMEOUT_MS = 5_000;

export function createRunQueue(deps: {
  db: Db;
  databaseUrl: string;
  onError: (error: unknown) => void;
}): RunQueue {
  const boss = createBoss(deps.databaseUrl, deps.onError);
  const parts = { boss, db: deps.db };
  return {
    start: () => openQueues(boss),
    send: (tx, run, startAfter) => sendRun(parts, tx, run, startAfter),
    sendAll: (tx, runs) => sendRuns(parts, tx, runs),
    bringForward: bringRunsForward,
    work: (concurrency, perform) => workRuns(parts, concurrency, perform),
    reconcile: async () => (await reconcileRuns(parts)) + (await reconcileBulk(parts)),
    sendBulk: (tx, operationId) => sendBulk(parts, tx, operationId),
    workBulk: (perform) => workBulk(parts, perform),
    alignSchedules: (wanted) => alignSchedules(parts, wanted),
    workSchedules: (fire) => workSchedules(parts, fire),
    nextTimes: (cron, { timeZone, from, count }) =>
      boss.previewSchedule(cron, { tz: timeZone, from, count }),
    async rest() {
      for (const queue of [QUEUE, BULK_QUEUE, SCHEDULE_QUEUE])
        await boss.offWork(queue, { wait: false });
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
  };
}
