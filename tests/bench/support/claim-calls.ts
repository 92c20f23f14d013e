import { PgBoss } from "pg-boss";
import type { Db } from "#lib/db/client.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { claimBatch } from "#lib/db/scores/outbox.ts";
import { createRunQueue } from "#lib/sync/queue/index.ts";
import type { Call } from "./timed.ts";

/** Jobs of a day, which is how long the queue keeps them, and jobs that wait. */
export const JOBS = { finished: 100_000, waiting: 10_000 };

export type Claims = { calls: Record<string, Call>; end(): Promise<void> };

/** What workers ask of the database to get their work, over a queue that has grown. */
export async function openClaims(db: Db, url: string): Promise<Claims> {
  const { prisma } = db;
  const boss = new PgBoss({ connectionString: url, schema: "pgboss", supervise: false });
  const fail = (error: unknown) => {
    throw error;
  };
  boss.on("error", fail);
  await boss.start();
  const queue = createRunQueue({ db, databaseUrl: url, onError: fail });
  await queue.start();
  await fillJobs(db);
  const course = await prisma.course.findFirstOrThrow({
    where: { lineItems: { some: { scores: { some: { state: "pending" } } } } },
  });
  const queued = await prisma.run.findFirstOrThrow({ where: { state: "queued" } });
  const busy = await prisma.registration.findMany({ take: 2, orderBy: { name: "asc" } });
  const ignoreGroups = busy.map(({ id }) => id);
  let position = 1_000;
  return {
    calls: {
      "fetch a job": () => boss.fetch("run", {}),
      "fetch a job, two registrations busy": () => boss.fetch("run", { ignoreGroups }),
      "look for runs without a job": () => queue.reconcile(),
      "claim a run": () => claimRun(db, queued.id),
      "claim a batch of scores": async () => {
        const { lease } = await prisma.run.findUniqueOrThrow({ where: { id: queued.id } });
        const { registrationId, id: courseId } = course;
        const claim = { runId: queued.id, lease, registrationId, courseId };
        await claimBatch(db, claim, { position: position++, limit: 1 });
      },
    },
    async end() {
      await putBack(db, queued.id);
      await queue.stop();
      await boss.stop({ graceful: false });
    },
  };
}

/** Replaces what an earlier time left. */
async function fillJobs(db: Db): Promise<void> {
  await db.execute("DELETE FROM pgboss.job WHERE name = 'run'");
  await db.execute(
    `INSERT INTO pgboss.job (name, state, policy, singleton_key, group_id, data, created_on,
            started_on, completed_on, start_after, expire_seconds, deletion_seconds,
            heartbeat_seconds, retry_limit)
     SELECT 'run', (CASE WHEN i <= $2 THEN 'created' ELSE 'completed' END)::pgboss.job_state,
            'exclusive', gen_random_uuid(), r.id, jsonb_build_object('registrationId', r.id), at,
            CASE WHEN i > $2 THEN at END, CASE WHEN i > $2 THEN at END,
            at + CASE WHEN i % 2 = 0 AND i <= $2 THEN interval '1 day' ELSE '0' END,
            86400, 86400, 10, 1000
       FROM generate_series(1, $1::int) AS i
       CROSS JOIN LATERAL (SELECT now() - i * interval '0.5 seconds' AS at) moment
       JOIN (SELECT id, row_number() OVER (ORDER BY id) AS number, count(*) OVER () AS all_of_them
               FROM registration) r ON r.number = 1 + i % r.all_of_them`,
    [JOBS.finished + JOBS.waiting, JOBS.waiting],
  );
  await db.execute("ANALYZE pgboss.job");
}

/** The run and its scores as they were, for a database that is kept. */
async function putBack(db: Db, runId: string): Promise<void> {
  await db.execute("DELETE FROM run_batch WHERE run_id = $1", [runId]);
  await db.execute(
    `UPDATE score SET state = 'pending', run_id = NULL, attempts = 0
      WHERE run_id = $1 AND state = 'sending'`,
    [runId],
  );
  await db.execute(
    `UPDATE run SET state = 'queued', lease = 0, attempt = 0, started_at = NULL WHERE id = $1`,
    [runId],
  );
}
