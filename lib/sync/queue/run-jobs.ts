import { transaction, type Db } from "#lib/db/client.ts";
import { row } from "#lib/db/rows/shape.ts";
import { timestamptz, uuid } from "#lib/db/rows/types.ts";
import {
  HEARTBEAT_REFRESH_SECONDS,
  jobsOf,
  QUEUE,
  SCHEMA,
  UNFINISHED_JOB,
  type QueueParts,
} from "./queues.ts";

/** The runs of one registration are a group, and get no more than half of a process's workers. */
export type QueuedRun = { id: string; registrationId: string };
type RunJob = { runId: string; registrationId: string };

/** Performs a run until it is finished, or until `signal` asks to hand it back. */
export type PerformRun = (
  runId: string,
  signal: AbortSignal,
) => Promise<{ again: Date } | undefined>;

export async function sendRun(
  { boss }: QueueParts,
  tx: Db,
  { id: runId, registrationId }: QueuedRun,
  startAfter?: Date,
): Promise<void> {
  await boss.send(QUEUE, { runId, registrationId } satisfies RunJob, {
    singletonKey: runId,
    group: { id: registrationId },
    ...(startAfter && { startAfter }),
    db: jobsOf(tx),
  });
}

export async function sendRuns(
  { boss }: QueueParts,
  tx: Db,
  runs: readonly QueuedRun[],
): Promise<void> {
  const jobs = runs.map(({ id: runId, registrationId }) => ({
    data: { runId, registrationId } satisfies RunJob,
    singletonKey: runId,
    group: { id: registrationId },
  }));
  if (jobs.length > 0) await boss.insert(QUEUE, jobs, { db: jobsOf(tx) });
}

export async function bringRunsForward(tx: Db, runIds: readonly string[]): Promise<void> {
  await tx.execute(
    `UPDATE ${SCHEMA}.job SET start_after = now()
      WHERE name = $1 AND singleton_key = ANY ($2::text[]) AND state < 'active'`,
    [QUEUE, runIds],
  );
}

export async function workRuns(
  parts: QueueParts,
  concurrency: number,
  perform: PerformRun,
): Promise<void> {
  const { boss, db } = parts;
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
      await sendRun(parts, tx, { id, registrationId }, next.again);
    });
  });
}

const lostRow = row({ id: uuid, registrationId: uuid, notBefore: timestamptz.nullable });

/** Queues unfinished runs that have no job; how many those were. */
export async function reconcileRuns(parts: QueueParts): Promise<number> {
  const lost = await parts.db.rows(
    lostRow,
    `SELECT id, registration_id AS "registrationId", not_before AS "notBefore" FROM run
      WHERE state IN ('queued', 'running') AND created_at < now() - interval '10 seconds'
        AND NOT EXISTS (${UNFINISHED_JOB} = run.id::text)
      ORDER BY created_at LIMIT 1000`,
    [QUEUE],
  );
  for (const { notBefore, ...run } of lost)
    await transaction(parts.db, (tx) => sendRun(parts, tx, run, notBefore ?? undefined));
  return lost.length;
}
