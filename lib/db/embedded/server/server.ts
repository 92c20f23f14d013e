import { spawn, type ChildProcess } from "node:child_process";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedDatabaseFailed } from "../errors.ts";
import { lastReason, type Cluster } from "../cluster.ts";
import { isStopping, joinServer, removeStalePidFile, requireReadablePidFile } from "./join.ts";
import type { RunningServer, ServerParts } from "./server-parts.ts";
import { endServer } from "./stop.ts";

// Long, because a server that was killed replays its log before it answers.
const startTimeoutMs = 120_000;
// One that is stopping may take a while to write everything down.
const stopsWithinMs = 20_000;
const logLimitBytes = 10 * 1024 * 1024;

/**
 * Joins the cluster's server, or starts it.
 *
 * PostgreSQL's own lock decides between processes that start it at the same moment: the losers'
 * servers exit at once, and the losers join the winner.
 */
export async function joinOrStartServer(parts: ServerParts): Promise<RunningServer> {
  const deadline = Date.now() + startTimeoutMs;
  let pauseMs = 50;
  while (Date.now() < deadline) {
    await waitWhileStopping(parts);
    const running = (await joinServer(parts.cluster)) ?? (await startServer(parts, deadline));
    if (running) {
      await writeFile(portFile(parts.cluster), `${running.port}\n`);
      return running;
    }
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, 5_000);
  }
  throw new EmbeddedDatabaseFailed({
    step: "start",
    detail: lastReason(await readFile(parts.cluster.log, "utf8").catch(() => "it wrote no log")),
    logFile: parts.cluster.log,
  });
}

/** A server that another process told to stop, and that nobody waits for any more. */
async function waitWhileStopping(parts: ServerParts): Promise<void> {
  if (!(await isStopping(parts.cluster))) return;
  console.warn("The embedded database is still stopping; waiting for that.");
  const deadline = Date.now() + stopsWithinMs;
  while (await isStopping(parts.cluster)) {
    if (Date.now() > deadline) {
      console.warn("It does not come to an end by itself and is ended now; its log repairs it.");
      await endServer(parts);
      return;
    }
    await delay(250);
  }
}

async function startServer(
  { cluster, binaries, account }: ServerParts,
  deadline: number,
): Promise<RunningServer | undefined> {
  await requireReadablePidFile(cluster);
  await removeStalePidFile(cluster);
  const log = await openLog(cluster.log);
  const child = spawn(binaries.postgres, serverArguments(cluster, await choosePort(cluster)), {
    ...account,
    cwd: "/",
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  await log.close();
  return waitUntilReady(child, cluster, deadline);
}

async function waitUntilReady(child: ChildProcess, cluster: Cluster, deadline: number) {
  let failure: Error | undefined;
  child.on("error", (error) => (failure = error));
  while (Date.now() < deadline) {
    const running = await joinServer(cluster, { isOurs: true });
    if (running) return running;
    if (failure) {
      throw new EmbeddedDatabaseFailed({ step: "start", detail: failure.message, cause: failure });
    }
    if (child.exitCode !== null || child.signalCode !== null) return undefined;
    await delay(20);
  }
  return undefined;
}

function serverArguments(cluster: Cluster, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "300",
    shared_buffers: "128MB",
    max_wal_size: "512MB",
    synchronous_commit: "on",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    log_line_prefix: "%m [%p] %a ",
  };
  return [
    ...["-D", cluster.data],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** The port of the last start where it is still free, so that addresses stay valid over a restart. */
async function choosePort(cluster: Cluster): Promise<number> {
  const last = Number(await readFile(portFile(cluster), "utf8").catch(() => "0"));
  const isPort = Number.isInteger(last) && last >= 0 && last <= 65_535;
  return (await tryPort(isPort ? last : 0)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimitBytes) {
    await rm(`${file}.1`, { force: true });
    await rename(file, `${file}.1`);
  }
  return open(file, "a", 0o600);
}

function portFile(cluster: Cluster): string {
  return path.join(path.dirname(cluster.data), "port");
}
