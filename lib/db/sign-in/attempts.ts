import type { AttemptLimit } from "#lib/auth/sign-in/store.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { float8, int4 } from "../rows/types.ts";

const FORGOTTEN_AFTER = Prisma.sql`interval '1 day'`;

const countRow = row({ attempts: int4 });
const waitRow = row({ seconds: float8 });

/**
 * Counts an attempt, and from the last free one on makes the next wait, each twice as long as the
 * one before. One statement, so that of many at once each counts. The seconds to wait where this
 * one comes too early, which does not count; else 0.
 */
export async function takeAttempt(db: Db, name: string, limit: AttemptLimit): Promise<number> {
  const { free, firstWaitSeconds, longestWaitSeconds } = limit;
  const attempts = Prisma.sql`
    CASE WHEN kept.last_at < clock_timestamp() - ${FORGOTTEN_AFTER} THEN 1 ELSE kept.attempts + 1 END`;
  const seconds = Prisma.sql`
    CASE WHEN ${attempts} < ${free}::int THEN 0
      ELSE least(${longestWaitSeconds}::int,
                 ${firstWaitSeconds}::int * power(2, least(${attempts} - ${free}::int, 20))) END`;
  const [counted] = await db.rows(
    countRow,
    Prisma.sql`
    INSERT INTO sign_in_attempts AS kept (name, attempts, last_at, waits_until)
    VALUES (${name}, 1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (name) DO UPDATE
      SET attempts = ${attempts},
          last_at = clock_timestamp(),
          waits_until = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE kept.waits_until <= clock_timestamp()
    RETURNING kept.attempts`,
  );
  return counted ? 0 : secondsToWait(db, name);
}

async function secondsToWait(db: Db, name: string): Promise<number> {
  const [wait] = await db.rows(
    waitRow,
    Prisma.sql`
    SELECT extract(epoch FROM waits_until - clock_timestamp())::float8 AS seconds
      FROM sign_in_attempts WHERE name = ${name}`,
  );
  return Math.max(1, Math.ceil(wait?.seconds ?? 1));
}

/** Takes one attempt back, and the wait that came of it. */
export async function giveBackAttempt(db: Db, name: string): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE sign_in_attempts
       SET attempts = greatest(attempts - 1, 0), waits_until = clock_timestamp()
     WHERE name = ${name}`);
}

/** Forgets these, and whatever was last counted so long ago that it counts no more. */
export async function forgetAttempts(db: Db, names: readonly string[]): Promise<void> {
  await db.execute(Prisma.sql`
    DELETE FROM sign_in_attempts
     WHERE name = ANY (${names}) OR last_at < clock_timestamp() - ${FORGOTTEN_AFTER}`);
}
