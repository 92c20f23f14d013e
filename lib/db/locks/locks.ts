import type { Db } from "../client.ts";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { createPool } from "../pool.ts";

/** Waits until no other transaction holds the lock of this name, and holds it to the end of this one. */
export async function lock(tx: Db, name: string): Promise<void> {
  await tx.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
}

/** Locks between processes that are held while something outside the database is awaited. */
export type HeldLocks = {
  /** Runs `work` while nobody else, in any process, runs anything under this name. */
  hold<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const RETRY_MS = 50;

/**
 * Each lock that is held or waited for takes one of so many connections, kept apart from those
 * that work is done over; callers of this process that want one name share a connection.
 */
export function createHeldLocks(databaseUrl: string, connections: number): HeldLocks {
  const pool = createPool({ connectionString: databaseUrl, max: connections });
  const last = new Map<string, Promise<unknown>>();

  async function hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(name);
    const own = (before ?? Promise.resolve()).then(() => holdLock(pool, name, work));
    const ended = own.catch(() => undefined);
    last.set(name, ended);
    try {
      return await own;
    } finally {
      if (last.get(name) === ended) last.delete(name);
    }
  }

  return { hold, close: () => pool.end() };
}

/** The lock ends with its connection, so that a killed process frees it at once. */
async function holdLock<T>(pool: pg.Pool, name: string, work: () => Promise<T>): Promise<T> {
  const client = await connectPatiently(pool);
  let isBroken = false;
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 1))", [name]);
    return await work();
  } finally {
    await client.query("COMMIT").catch(() => (isBroken = true));
    client.release(isBroken);
  }
}

/** A database that is just coming back gets a second chance. */
async function connectPatiently(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch {
    await delay(RETRY_MS);
    return pool.connect();
  }
}
