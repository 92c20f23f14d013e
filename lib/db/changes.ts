import type pg from "pg";
import type { Db } from "./client.ts";
import { createClient } from "./pool.ts";
import { createRecentChanges, type Change } from "./recent-changes.ts";

export type { Change };

const CHANNEL = "rollbook_changes";
const RECONNECT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 15_000;

/** Tells the pages that watch, of every process; inside a transaction, when it commits. */
export async function notify(db: Db, change: Change): Promise<void> {
  await db.execute(`SELECT ${notifySql("$1")}`, [JSON.stringify(change)]);
}

/** The same as a column of another statement; `change` is SQL for the JSON of one. */
export function notifySql(change: string): string {
  return `pg_notify('${CHANNEL}', ${change})`;
}

export type ChangeFeed = {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void;
  /** What changed since a moment of the last minute; undefined where that is not known. */
  since(atMs: number): Change[] | undefined;
  close(): Promise<void>;
};

/**
 * Hears the changes of every process over one connection, and reconnects when it is lost.
 * After a reconnect listeners get an empty change: anything may have happened meanwhile.
 */
export async function openChangeFeed(url: string): Promise<ChangeFeed> {
  const listeners = new Set<(change: Change) => void>();
  let client: pg.Client | undefined;
  let isClosed = false;

  const recent = createRecentChanges(Date.now());

  const announce = (change: Change) => {
    if (Object.keys(change).length === 0) recent.interrupted(Date.now());
    else recent.add(change, Date.now());
    listeners.forEach((listener) => listener(change));
  };

  async function connect(): Promise<void> {
    const next = createClient({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: "rollbook changes",
    });
    let state: "connecting" | "open" | "over" = "connecting";
    next.on("end", () => {
      // Whoever waits for a connection that never came to be hears of it by the rejection.
      if (state === "open" && !isClosed) reconnectLater();
      state = "over";
    });
    next.on("notification", ({ payload }) => announce(JSON.parse(payload ?? "{}") as Change));
    client = next;
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
      if (state !== "connecting") throw new Error("the connection ended as it was opened");
      state = "open";
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    if (isClosed) await next.end();
  }

  function reconnectLater(): void {
    setTimeout(() => {
      if (isClosed) return;
      connect().then(
        () => announce({}),
        () => reconnectLater(),
      );
    }, RECONNECT_MS).unref();
  }

  await connect();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: recent.since,
    async close() {
      isClosed = true;
      await client?.end();
    },
  };
}
