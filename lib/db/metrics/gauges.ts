import type { Database, Db } from "../client.ts";
import { runKind, runState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { float8, int4 } from "../rows/types.ts";

const unfinishedRow = row({ kind: runKind, state: runState, runs: int4, oldestSeconds: float8 });

/** How many runs of each kind and state are not finished, and for how long the oldest of them. */
export async function countUnfinishedRuns(db: Db): Promise<RowOf<typeof unfinishedRow>[]> {
  return db.rows(
    unfinishedRow,
    `SELECT kind, state, count(*)::int AS runs,
            extract(epoch FROM now() - min(created_at))::float8 AS "oldestSeconds"
       FROM run WHERE state IN ('queued', 'running', 'paused') GROUP BY kind, state`,
  );
}

/** The connections of this process's pool. */
export function poolConnections({ pool }: Database) {
  const { totalCount, idleCount, waitingCount } = pool;
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}
