import { readFile, realpath, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { createClient } from "#lib/db/pool.ts";
import { runAs } from "../account.ts";
import { processIsAlive, superuser, type Cluster } from "../cluster.ts";
import { EmbeddedDatabaseFailed } from "../errors.ts";
import type { KeeperClient, RunningServer } from "./server-parts.ts";
import { rowsOfConnection } from "#lib/db/rows/query.ts";
import { row } from "#lib/db/rows/shape.ts";
import { text } from "#lib/db/rows/types.ts";

const connectTimeoutMs = 2_000;
const WRONG_PASSWORD = "28P01";
/** So long a lock file may be half written. */
const halfWrittenMs = 2_000;

/** Connects to the server that runs on the cluster's data, if there is one and it is ready. */
export async function joinServer(
  cluster: Cluster,
  /** It was started here and now, so that a refusal is its own. */
  { isOurs = false } = {},
): Promise<RunningServer | undefined> {
  const { port } = parsePidFile(await readPidFile(cluster));
  if (!port) return undefined;
  const client = clientOf(cluster, port);
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  try {
    await client.connect();
    if (await servesCluster(client, cluster)) return { client, port, ended };
  } catch (error) {
    if (isOurs && (error as { code?: string }).code === WRONG_PASSWORD)
      throw wrongPassword(cluster);
    // Nobody there, still starting, or another program on that port.
  }
  await client.end().catch(() => undefined);
  return undefined;
}

function wrongPassword(cluster: Cluster): EmbeddedDatabaseFailed {
  const file = path.join(path.dirname(cluster.data), "password");
  const detail = `the file ${file} does not hold the password of that database; put it back from a backup`;
  return new EmbeddedDatabaseFailed({ step: "start", detail });
}

/** Whether the cluster's server refuses everybody because it was told to stop. */
export async function isStopping(cluster: Cluster): Promise<boolean> {
  const { pid, port } = parsePidFile(await readPidFile(cluster));
  if (!pid || !port || !processIsAlive(pid)) return false;
  const client = clientOf(cluster, port);
  try {
    await client.connect();
    return false;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return code === "57P03" && message.includes("shutting down");
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientOf(cluster: Cluster, port: number): KeeperClient {
  return createClient({
    connectionString: clusterUrl(cluster, port, "postgres"),
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: "rollbook keeper",
    keepAlive: true,
  }) as KeeperClient;
}

export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/**
 * PostgreSQL refuses to start beside a lock file that it cannot read, time after time.
 *
 * @throws EmbeddedDatabaseFailed  naming the file
 */
export async function requireReadablePidFile(cluster: Cluster): Promise<void> {
  const content = await readFile(pidFile(cluster), "utf8").catch(() => undefined);
  if (content === undefined || parsePidFile(content).pid > 0) return;
  await delay(halfWrittenMs);
  if ((await readFile(pidFile(cluster), "utf8").catch(() => undefined)) !== content) return;
  throw new EmbeddedDatabaseFailed({
    step: "start",
    detail: `the file ${pidFile(cluster)} is damaged; delete it, if no PostgreSQL runs on that folder`,
  });
}

/**
 * Removes a lock file whose process id now belongs to some other program.
 *
 * PostgreSQL removes a dead server's lock file itself, but takes any living process with that id
 * for the server; in a container ids start over, so that is the rule rather than the exception.
 */
export async function removeStalePidFile(cluster: Cluster): Promise<void> {
  const content = await readPidFile(cluster);
  const { pid } = parsePidFile(content);
  if (!pid || !processIsAlive(pid)) return;
  const command = await commandOf(pid);
  if (command === undefined || command.includes("postgres")) return;
  const file = pidFile(cluster);
  const aside = `${file}.stale-${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  // Between reading and renaming somebody may have started the server.
  const isTheStaleOne = (await readFile(aside, "utf8").catch(() => content)) === content;
  await (isTheStaleOne ? rm(aside, { force: true }) : rename(aside, file));
}

const directoryRow = row({ data_directory: text });

async function servesCluster(client: pg.Client, cluster: Cluster): Promise<boolean> {
  const [answer] = await rowsOfConnection(client, directoryRow, "SHOW data_directory");
  const served = answer?.data_directory;
  return (
    served !== undefined && path.resolve(served) === path.resolve(await realpath(cluster.data))
  );
}

function readPidFile(cluster: Cluster): Promise<string> {
  return readFile(pidFile(cluster), "utf8").catch(() => "");
}

/** First line the process id, fourth the port. */
function parsePidFile(content: string): { pid: number; port: number } {
  const lines = content.split("\n");
  return { pid: Number(lines[0] ?? 0), port: Number(lines[3] ?? 0) };
}

async function commandOf(pid: number): Promise<string | undefined> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (fromProc !== undefined || process.platform === "win32") return fromProc;
  const { exitCode, output } = await runAs({}, "ps", ["-p", String(pid), "-o", "command="]);
  return exitCode === 0 ? output : undefined;
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.data, "postmaster.pid");
}
