import type { Db } from "../client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, text, timestamptz, uuid } from "../rows/types.ts";

const ALIVE_SECONDS = 30;

export async function beat(
  db: Db,
  worker: { id: string; host: string; pid: number },
): Promise<void> {
  await db.execute(
    `INSERT INTO worker (id, host, pid) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`,
    [worker.id, worker.host, worker.pid],
  );
}

export async function leave(db: Db, workerId: string): Promise<void> {
  await db.execute(`DELETE FROM worker WHERE id = $1 OR heartbeat_at < now() - interval '1 day'`, [
    workerId,
  ]);
}

const aliveRow = row({ workers: int4, lastHeartbeatAt: timestamptz.nullable });

export async function aliveWorkers(
  db: Db,
): Promise<{ workers: number; lastHeartbeatAt: Date | null }> {
  const rows = await db.rows(
    aliveRow,
    `SELECT count(*) FILTER (WHERE heartbeat_at > now() - $1 * interval '1 second')::int AS workers,
            max(heartbeat_at) AS "lastHeartbeatAt" FROM worker`,
    [ALIVE_SECONDS],
  );
  return rows[0]!;
}

const workerRow = row({
  id: uuid,
  host: text,
  pid: int4,
  startedAt: timestamptz,
  heartbeatAt: timestamptz,
});

export type Worker = RowOf<typeof workerRow>;

/** Workers seen within a day, the latest heartbeat first. */
export async function listWorkers(db: Db): Promise<Worker[]> {
  const rows = await db.rows(
    workerRow,
    `SELECT id, host, pid, started_at AS "startedAt", heartbeat_at AS "heartbeatAt"
       FROM worker WHERE heartbeat_at > now() - interval '1 day'
      ORDER BY heartbeat_at DESC, id`,
  );
  return rows;
}

export function isWorkerAlive({ heartbeatAt }: Pick<Worker, "heartbeatAt">, now: Date): boolean {
  return now.getTime() - heartbeatAt.getTime() < ALIVE_SECONDS * 1_000;
}
