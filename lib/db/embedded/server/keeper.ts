import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { clusterUrl } from "./join.ts";
import { stopServer } from "./stop.ts";
import { joinOrStartServer } from "./server.ts";
import type { RunningServer, ServerParts } from "./server-parts.ts";
import { rowsOfConnection } from "#lib/db/rows/query.ts";
import { row } from "#lib/db/rows/shape.ts";
import { bool, int4 } from "#lib/db/rows/types.ts";

const databaseName = "rollbook";
const othersLeaveWithinMs = 1_000;
const answersWithinMs = 5_000;

/**
 * Holds the server with one idle connection.
 *
 * The connection tells other processes that the server is still wanted, and this one when the
 * server is gone, so that it is started again.
 */
export async function keepServer(parts: ServerParts) {
  let server = await joinOrStartServer(parts);
  let isStopping = false;
  await ensureDatabase(server.client);
  watch();

  function watch(): void {
    void server.ended.then(revive);
    // Holding the server is no reason for the process to live on.
    server.client.unref();
  }

  async function revive(): Promise<void> {
    while (!isStopping) {
      const revived = await joinOrStartServer(parts).catch(() => undefined);
      if (revived) {
        server = revived;
        return isStopping ? server.client.end() : watch();
      }
      await delay(1_000, undefined, { ref: false });
    }
  }

  return {
    url: clusterUrl(parts.cluster, server.port, databaseName),
    async stop(): Promise<void> {
      if (isStopping) return;
      isStopping = true;
      await letGo(server, parts);
    },
  };
}

const existsRow = row({ exists: bool });

async function ensureDatabase(client: pg.Client): Promise<void> {
  const [ours] = await rowsOfConnection(
    client,
    existsRow,
    "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)",
    [databaseName],
  );
  if (ours?.exists) return;
  await client.query(`CREATE DATABASE ${databaseName}`).catch((error: { code?: string }) => {
    const createdMeanwhile = ["42P04", "23505"].includes(error.code ?? "");
    if (!createdMeanwhile) throw error;
  });
}

async function letGo(server: RunningServer, { cluster, binaries, account }: ServerParts) {
  server.client.ref();
  const isLast = await inTime(isAlone(server.client), false);
  await inTime(server.client.end(), undefined);
  if (isLast) await stopServer({ cluster, binaries, account });
}

/** A server that does not answer just now must not keep this process from ending. */
async function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  const late = delay(answersWithinMs, otherwise, { ref: false });
  return Promise.race([work.catch(() => otherwise), late]);
}

const othersRow = row({ others: int4 });

/** A pool that was closed a moment ago needs another moment to leave the server. */
async function isAlone(client: pg.Client): Promise<boolean> {
  const deadline = Date.now() + othersLeaveWithinMs;
  for (;;) {
    const [connected] = await rowsOfConnection(
      client,
      othersRow,
      `SELECT count(*)::int AS others FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    if (connected?.others === 0) return true;
    if (Date.now() > deadline) return false;
    await delay(25);
  }
}
