import { setTimeout as delay } from "node:timers/promises";
import { CodedError } from "#lib/errors.ts";
import type { Db } from "./client.ts";
import { startEmbedded } from "./embedded/index.ts";
import { migrate } from "./migrate/index.ts";
import { createClient } from "./pool.ts";
import { row } from "./rows/shape.ts";
import { text } from "./rows/types.ts";

export interface OpenDatabase {
  url: string;
  isEmbedded: boolean;
  /** Migrations applied now. */
  applied: string[];
  /** Stops the embedded server when nobody else is connected; a given server is left alone. */
  stop(): Promise<void>;
}

export type DatabaseSettings = { databaseUrl: string | undefined; dataDir: string };

const serverPatienceMs = 30_000;
const connectTimeoutMs = 5_000;

/**
 * The database of these settings, reachable and migrated: the given server, else the embedded one.
 *
 * @throws DatabaseUnreachable  the given server does not answer, or refuses us
 */
export async function openDatabase(settings: DatabaseSettings): Promise<OpenDatabase> {
  const reached = await reachDatabase(settings);
  try {
    return { ...reached, applied: await migrate(reached.url) };
  } catch (error) {
    await reached.stop();
    throw error;
  }
}

/**
 * The same as it is, whatever version it has.
 *
 * @throws DatabaseUnreachable
 */
export async function reachDatabase(
  settings: DatabaseSettings,
): Promise<Omit<OpenDatabase, "applied">> {
  const { databaseUrl, dataDir } = settings;
  if (!databaseUrl) return { ...(await startEmbedded(dataDir)), isEmbedded: true };
  await waitForServer(databaseUrl);
  return { url: databaseUrl, isEmbedded: false, stop: async () => undefined };
}

/** A server beside us in the same machine room may be starting at the same moment. */
export async function waitForServer(url: string, patienceMs = serverPatienceMs): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const failure = await tryConnect(url);
    if (!failure) return;
    const mayPass = ["ECONNREFUSED", "57P03", "ENOTFOUND", "EAI_AGAIN"].includes(
      failure.code ?? "",
    );
    if (!mayPass || Date.now() > deadline) {
      throw new DatabaseUnreachable({ host: new URL(url).host, reason: failure.message });
    }
    await delay(500);
  }
}

async function tryConnect(url: string): Promise<NodeJS.ErrnoException | undefined> {
  const client = createClient({
    connectionString: url,
    connectionTimeoutMillis: connectTimeoutMs,
  });
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const versionRow = row({ server_version: text });

/** The PostgreSQL server's version, such as `18.1`. */
export async function databaseVersion(db: Db): Promise<string> {
  const rows = await db.rows(versionRow, "SHOW server_version");
  return rows[0]?.server_version.split(" ", 1)[0] ?? "";
}

/** The database does not answer or refuses us. The address is not repeated: it holds a password. */
export class DatabaseUnreachable extends CodedError {
  readonly code = "db.unreachable" as const;
  readonly host: string;
  readonly reason: string;

  constructor(facts: { host: string; reason: string }) {
    super(`the database at ${facts.host} cannot be used: ${facts.reason || "no answer"}`);
    this.host = facts.host;
    this.reason = facts.reason;
  }
}
