import { PgBoss, type Db as QueueDb } from "pg-boss";
import type { Db } from "#lib/db/client.ts";
import { anyRow } from "#lib/db/rows/shape.ts";

export const QUEUE = "run";
export const SCHEDULE_QUEUE = "schedule";
export const BULK_QUEUE = "bulk";
export const SCHEMA = "pgboss";
const DAY_SECONDS = 86_400;
// A dead worker's run is taken over after at most heartbeat + supervision.
const HEARTBEAT_SECONDS = 10;
export const HEARTBEAT_REFRESH_SECONDS = 3;
const SUPERVISE_SECONDS = 5;

// However long a job takes: whether its worker lives is known by the heartbeat.
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

/** What each kind of job is sent and performed with. */
export type QueueParts = { boss: PgBoss; db: Db };

export function createBoss(databaseUrl: string, onError: (error: unknown) => void): PgBoss {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: SCHEMA,
    max: 4,
    application_name: "rollbook queue",
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
  });
  boss.on("error", onError);
  return boss;
}

export async function openQueues(boss: PgBoss): Promise<void> {
  await boss.start();
  for (const queue of [QUEUE, BULK_QUEUE]) await openQueue(boss, queue, DURABLE, "exclusive");
  await openQueue(boss, SCHEDULE_QUEUE, OF_A_SCHEDULE);
}

/** A queue that an earlier version made gets the settings of this one. */
async function openQueue(
  boss: PgBoss,
  name: string,
  settings: QueueSettings,
  policy?: "exclusive",
): Promise<void> {
  await boss.createQueue(name, { ...settings, policy });
  await boss.updateQueue(name, settings);
}

/** The queue's own statements become part of a transaction. */
export const jobsOf = (tx: Db): QueueDb => ({
  executeSql: async (text, values) => ({ rows: await tx.rows(anyRow, text, values) }),
});

// In the words of the index by which the library keeps such jobs single: finished ones, most of
// them, are not looked at.
export const UNFINISHED_JOB = `
  SELECT 1 FROM ${SCHEMA}.job j
   WHERE j.name = $1 AND j.state <= 'active' AND j.policy = 'exclusive'
     AND coalesce(j.singleton_key, '')`;
