import type { Database } from "#lib/db/client.ts";
import type { Clock } from "#lib/lti/index.ts";
import { rowsOfConnection } from "#lib/db/rows/query.ts";
import { row } from "#lib/db/rows/shape.ts";
import { float8 } from "#lib/db/rows/types.ts";

/** The time by which all processes of an installation agree when a token expires or a wait ends. */
export type SharedClock = { now: Clock; stop(): void };

const ALIGN_MS = 30_000;

/**
 * The database's clock. Between looks at it, it is carried on by what measures durations, so that
 * a machine's own may be wrong, or set while it runs.
 */
export async function startSharedClock(db: Database): Promise<SharedClock> {
  let originMs = await databaseOriginMs(db);
  const align = async () => {
    // A database that is away changes nothing: the clock runs on.
    originMs = await databaseOriginMs(db).catch(() => originMs);
  };
  const timer = setInterval(() => void align(), ALIGN_MS).unref();
  return {
    now: () => new Date(originMs + performance.now()),
    stop: () => clearInterval(timer),
  };
}

const clockRow = row({ ms: float8 });

/** The database's time when this process's `performance.now()` was 0, in ms since 1970. */
async function databaseOriginMs(db: Database): Promise<number> {
  const client = await db.pool.connect();
  try {
    const askedMs = performance.now();
    const [clock] = await rowsOfConnection(
      client,
      clockRow,
      "SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms",
    );
    return clock!.ms - (askedMs + performance.now()) / 2;
  } finally {
    client.release();
  }
}
