import type { Db } from "../client.ts";

const ALIVE_SECONDS = 30;

export async function beat(
  db: Db,
  worker: { id: string; host: string; pid: number },
): Promise<void> {
  await db.query(
    `INSERT INTO worker (id, host, pid) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`,
    [worker.id, worker.host, worker.pid],
  );
}

export async function leave(db: Db, workerId: string): Promise<void> {
  await db.query(`DELETE FROM worker WHERE id = $1 OR heartbeat_at < now() - interval '1 day'`, [
    workerId,
  ]);
}

export async function aliveWorkers(
  db: Db,
): Promise<{ workers: number; lastHeartbeatAt: Date | null }> {
  const { rows } = await db.query<{ workers: number; lastHeartbeatAt: Date | null }>(
    `SELECT count(*) FILTER (WHERE heartbeat_at > now() - $1 * interval '1 second')::int AS workers,
            max(heartbeat_at) AS "lastHeartbeatAt" FROM worker`,
    [ALIVE_SECONDS],
  );
  return rows[0]!;
}

export type Worker = { id: string; host: string; pid: number; startedAt: Date; heartbeatAt: Date };

/** Workers seen within a day, the latest heartbeat first. */
export async function listWorkers(db: Db): Promise<Worker[]> {
  const { rows } = await db.query<Worker>(
    `SELECT id, host, pid, started_at AS "startedAt", heartbeat_at AS "heartbeatAt"
       FROM worker WHERE heartbeat_at > now() - interval '1 day'
      ORDER BY heartbeat_at DESC, id`,
  );
  return rows;
}

export function isWorkerAlive({ heartbeatAt }: Pick<Worker, "heartbeatAt">, now: Date): boolean {
  return now.getTime() - heartbeatAt.getTime() < ALIVE_SECONDS * 1_000;
}
