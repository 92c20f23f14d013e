import { PgBoss, type Db as QueueDb } from "pg-boss";
import { transaction, type Db } from "#lib/db/client.ts";
import { anyRow, idRow, row } from "#lib/db/rows/shape.ts";
import { timestamptz, uuid } from "#lib/db/rows/types.ts";

/** The only file that names the queue library. One job is one attempt at one run. */
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
  work(
    concurrency: number,
    perform: (runId: string, signal: AbortSignal) => Promise<{ again: Date } | undefined>,
  ): Promise<void>;
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
   * The next moments of a cron expression after `from`, as the scheduler itself reckons them.
   *
   * @throws Error  the expression or the zone cannot be used; its message says why
   */
  nextTimes(cron: string, options: { timeZone: string; from: Date; count: number }): Date[];
  /** Takes no job on any more; what is being performed goes on. */
  rest(): Promise<void>;
  stop(): Promise<void>;
};

const QUEUE = "run";
const SCHEDULE_QUEUE = "schedule";
const BULK_QUEUE = "bulk";
const SCHEMA = "pgboss";
const DAY_SECONDS = 86_400;
// A dead worker's run is taken over after at most heartbeat + supervision.
const HEARTBEAT_SECONDS = 10;
const HEARTBEAT_REFRESH_SECONDS = 3;
const SUPERVISE_SECONDS = 5;
// What it performs has ended by then.
const STOP_TIMEOUT_MS = 5_000;

// However long a job takes: whether its worker lives is told by the heartbeat.
const TAKEN_OVER = {
  notify: true,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: DAY_SECONDS,
  deleteAfterSeconds: DAY_SECONDS,
} as const;
// For one job for each object, tried until it is done.
const DURABLE = { ...TAKEN_OVER, retryLimit: 1_000, retryDelay: 1 } as const;
const OF_A_SCHEDULE = { ...TAKEN_OVER, retryLimit: 5, retryDelay: 5 } as const;
type QueueSettings = typeof DURABLE | typeof OF_A_SCHEDULE;

/** The runs of one registration are a group, and get no more than half of a process's workers. */
export type QueuedRun = { id: string; registrationId: string };
type RunJob = { runId: string; registrationId: string };

/** Works an operation until it is finished, or until `signal` asks to hand it back. */
export type PerformBulk = (
  operationId: string,
  signal: AbortSignal,
) => Promise<{ again: Date } | undefined>;
type BulkJob = { operationId: string };

export type QueueSchedule = { id: string; cron: string; timeZone: string };
type ScheduleJob = { scheduleId: string };

/** The queue's own statements become part of a transaction. */
const jobsOf = (tx: Db): QueueDb => ({
  executeSql: async (text, values) => ({ rows: await tx.rows(anyRow, text, values) }),
});

export function createRunQueue(deps: {
  db: Db;
  databaseUrl: string;
  onError: (error: unknown) => void;
}): RunQueue {
  const { db } = deps;
  const boss = new PgBoss({
    connectionString: deps.databaseUrl,
    schema: SCHEMA,
    max: 4,
    application_name: "rollbook queue",
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on("error", deps.onError);

  async function sendIn(tx: Db, run: QueuedRun, startAfter?: Date): Promise<void> {
    const { id: runId, registrationId } = run;
    await boss.send(QUEUE, { runId, registrationId } satisfies RunJob, {
      singletonKey: runId,
      group: { id: registrationId },
      ...(startAfter && { startAfter }),
      db: jobsOf(tx),
    });
  }

  async function sendBulkIn(tx: Db, operationId: string, startAfter?: Date): Promise<void> {
    await boss.send(BULK_QUEUE, { operationId } satisfies BulkJob, {
      singletonKey: operationId,
      ...(startAfter && { startAfter }),
      db: jobsOf(tx),
    });
  }

  async function addSchedule({ id, cron, timeZone }: QueueSchedule): Promise<void> {
    const job: ScheduleJob = { scheduleId: id };
    // What came due while nothing ran is made up for once, by the latest of it.
    await boss.schedule(SCHEDULE_QUEUE, cron, job, { tz: timeZone, key: id, missed: "once" });
  }

  /** A queue that an earlier version made gets the settings of this one. */
  async function openQueue(name: string, settings: QueueSettings, policy?: "exclusive") {
    await boss.createQueue(name, { ...settings, policy });
    await boss.updateQueue(name, settings);
  }

  return {
    async start() {
      await boss.start();
      for (const queue of [QUEUE, BULK_QUEUE]) await openQueue(queue, DURABLE, "exclusive");
      await openQueue(SCHEDULE_QUEUE, OF_A_SCHEDULE);
    },
    send: sendIn,
    async sendAll(tx, runs) {
      const jobs = runs.map(({ id: runId, registrationId }) => ({
        data: { runId, registrationId } satisfies RunJob,
        singletonKey: runId,
        group: { id: registrationId },
      }));
      if (jobs.length > 0) await boss.insert(QUEUE, jobs, { db: jobsOf(tx) });
    },
    async bringForward(tx, runIds) {
      await tx.execute(
        `UPDATE ${SCHEMA}.job SET start_after = now()
          WHERE name = $1 AND singleton_key = ANY ($2::text[]) AND state < 'active'`,
        [QUEUE, runIds],
      );
    },
    async work(concurrency, perform) {
      const options = {
        localConcurrency: concurrency,
        localGroupConcurrency: Math.ceil(concurrency / 2),
        heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
      };
      await boss.work<RunJob>(QUEUE, options, async ([job]) => {
        if (!job) return;
        const next = await perform(job.data.runId, job.signal);
        if (!next) return;
        // The job that comes again replaces this one in the same transaction: never none, never two.
        // By the job as it was fetched: an ID alone would end the attempt of whoever took it over.
        await transaction(db, async (tx) => {
          await boss.complete(QUEUE, job, null, { db: jobsOf(tx) });
          const { runId: id, registrationId } = job.data;
          await sendIn(tx, { id, registrationId }, next.again);
        });
      });
    },
    async reconcile() {
      const lost = await db.rows(
        lostRow,
        `SELECT id, registration_id AS "registrationId", not_before AS "notBefore" FROM run
          WHERE state IN ('queued', 'running') AND created_at < now() - interval '10 seconds'
            AND NOT EXISTS (${UNFINISHED_JOB} = run.id::text)
          ORDER BY created_at LIMIT 1000`,
        [QUEUE],
      );
      for (const { notBefore, ...run } of lost)
        await transaction(db, (tx) => sendIn(tx, run, notBefore ?? undefined));
      const operations = await db.rows(idRow, LOST_OPERATIONS, [BULK_QUEUE]);
      for (const { id } of operations) await transaction(db, (tx) => sendBulkIn(tx, id));
      return lost.length + operations.length;
    },
    sendBulk: sendBulkIn,
    async workBulk(perform) {
      const options = {
        heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 2,
      };
      await boss.work<BulkJob>(BULK_QUEUE, options, async ([job]) => {
        if (!job) return;
        const { operationId } = job.data;
        const next = await perform(operationId, job.signal);
        if (!next) return;
        await transaction(db, async (tx) => {
          await boss.complete(BULK_QUEUE, job, null, { db: jobsOf(tx) });
          await sendBulkIn(tx, operationId, next.again);
        });
      });
    },
    async alignSchedules(wanted) {
      const present = await boss.getSchedules(SCHEDULE_QUEUE);
      const stored = new Map(
        present.map(({ key, cron, timezone }) => [key, `${cron} ${timezone}`]),
      );
      // Read last, so that a schedule which another process has just added is among them.
      for (const { id, cron, timeZone } of await wanted()) {
        if (stored.get(id) !== `${cron} ${timeZone}`) await addSchedule({ id, cron, timeZone });
        stored.delete(id);
      }
      for (const key of stored.keys()) await boss.unschedule(SCHEDULE_QUEUE, key);
    },
    async workSchedules(fire) {
      const options = {
        heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
        pollingIntervalSeconds: 2,
      };
      await boss.work<ScheduleJob>(SCHEDULE_QUEUE, options, async ([job]) => {
        if (job) await fire(job.data.scheduleId, job.signal);
      });
    },
    nextTimes: (cron, { timeZone, from, count }) =>
      boss.previewSchedule(cron, { tz: timeZone, from, count }),
    async rest() {
      for (const queue of [QUEUE, BULK_QUEUE, SCHEDULE_QUEUE])
        await boss.offWork(queue, { wait: false });
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

const lostRow = row({ id: uuid, registrationId: uuid, notBefore: timestamptz.nullable });

// In the words of the index by which the library keeps such jobs single: finished ones, most of
// them, are not looked at.
const UNFINISHED_JOB = `
  SELECT 1 FROM ${SCHEMA}.job j
   WHERE j.name = $1 AND j.state <= 'active' AND j.policy = 'exclusive'
     AND coalesce(j.singleton_key, '')`;

const LOST_OPERATIONS = `
  SELECT id FROM bulk_operation
   WHERE state = 'running' AND created_at < now() - interval '10 seconds'
     AND NOT EXISTS (${UNFINISHED_JOB} = bulk_operation.id::text)
   ORDER BY created_at LIMIT 100`;
