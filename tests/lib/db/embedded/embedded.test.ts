import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseAccount } from "#lib/db/embedded/account.ts";
import { locateBinaries } from "#lib/db/embedded/binaries.ts";
import { ensureCluster, processIsAlive } from "#lib/db/embedded/cluster.ts";
import { DataFolderVersionMismatch } from "#lib/db/embedded/errors.ts";
import { chooseHome } from "#lib/db/embedded/home.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { joinServer } from "#lib/db/embedded/server/join.ts";
import { querySql } from "#tests/support/database.ts";
import { startInOtherProcess } from "#tests/support/embedded-process.ts";

let root: string;
let dataDir: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "rollbook embedded "));
  await chmod(root, 0o755);
  dataDir = path.join(root, "it's data");
});

afterEach(async () => {
  const pid = await serverPid().catch(() => 0);
  if (pid > 0 && processIsAlive(pid)) {
    process.kill(pid, "SIGKILL");
    await expect.poll(() => processIsAlive(pid)).toBe(false);
  }
  await rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

function pidFile(): string {
  return path.join(dataDir, "postgres/data/postmaster.pid");
}

async function serverPid(): Promise<number> {
  return Number((await readFile(pidFile(), "utf8")).split("\n")[0]);
}

async function count(url: string): Promise<number> {
  const rows = await querySql<{ rows: number }>(url, "SELECT count(*)::int AS rows FROM kept");
  return rows[0]?.rows ?? 0;
}

describe("startEmbedded", () => {
  test(
    "ends a server that was told to stop and cannot, and starts it again with all its data",
    { timeout: 90_000 },
    async () => {
      const database = await startEmbedded(dataDir);
      await querySql(database.url, "CREATE TABLE kept AS SELECT 1 AS id");
      const stuck = new pg.Client({ connectionString: database.url });
      stuck.on("error", () => undefined);
      await stuck.connect();
      const { rows } = await stuck.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
      const orphan = await serverPid();
      process.kill(rows[0]!.pid, "SIGSTOP");
      // Lets go of it, so that nobody but the test is there any more; then it is told to stop.
      await database.stop();
      process.kill(orphan, "SIGINT");
      const beganMs = performance.now();
      const again = await startEmbedded(dataDir);
      expect(performance.now() - beganMs).toBeLessThan(45_000);
      expect(await serverPid()).not.toBe(orphan);
      expect(await count(again.url)).toBe(1);
      await again.stop();
    },
  );

  test("makes a server at the first start and stops it when nobody else is connected", async () => {
    const database = await startEmbedded(dataDir);
    await querySql(database.url, "CREATE TABLE kept AS SELECT 1 AS id");
    const pid = await serverPid();
    await database.stop();
    expect(processIsAlive(pid)).toBe(false);

    const again = await startEmbedded(dataDir);
    expect(again.url).toBe(database.url);
    expect(await count(again.url)).toBe(1);
    await again.stop();
  });

  test("listens on the loopback address only, and lets nobody in without the password", async () => {
    const database = await startEmbedded(dataDir);
    const rows = await querySql<{ listen: string; socket: string; durable: string }>(
      database.url,
      `SELECT current_setting('listen_addresses') AS listen,
              current_setting('unix_socket_directories') AS socket,
              current_setting('synchronous_commit') AS durable`,
    );
    expect(rows).toEqual([{ listen: "127.0.0.1", socket: "", durable: "on" }]);
    const stranger = new URL(database.url);
    stranger.password = "guess";
    await expect(querySql(stranger.href, "SELECT 1")).rejects.toThrow(/password/);
    await database.stop();
  });

  test("ends as one server when several processes start it for the first time together", async () => {
    const [here, there, elsewhere] = await Promise.all([
      startEmbedded(dataDir),
      startInOtherProcess(dataDir),
      startInOtherProcess(dataDir),
    ]);
    expect(new Set([here.url, there.url, elsewhere.url]).size).toBe(1);
    await querySql(here.url, "CREATE TABLE kept AS SELECT 1 AS id");
    await elsewhere.stop();
    await here.stop();
    expect(await count(there.url)).toBe(1);
    await there.stop();
  });

  test("joins a server that outlived the process that started it", async () => {
    const killed = await startInOtherProcess(dataDir);
    const pid = await serverPid();
    await querySql(killed.url, "CREATE TABLE kept AS SELECT 1 AS id");
    await killed.kill();

    const startedAt = performance.now();
    const database = await startEmbedded(dataDir);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(database.url).toBe(killed.url);
    expect(await serverPid()).toBe(pid);
    expect(await count(database.url)).toBe(1);
    await database.stop();
  });

  test("starts a killed server again on the same port, with every commit kept", async () => {
    const database = await startEmbedded(dataDir);
    await querySql(database.url, "CREATE TABLE kept (id int)");
    for (let id = 1; id <= 20; id += 1) {
      await querySql(database.url, "INSERT INTO kept VALUES ($1)", [id]);
    }
    const killed = await serverPid();
    process.kill(killed, "SIGKILL");

    await expect.poll(() => count(database.url).catch(() => -1), { timeout: 20_000 }).toBe(20);
    expect(await serverPid()).not.toBe(killed);
    await database.stop();
  });

  test("knows that its connection ended, although it was not looking at that moment", async () => {
    const database = await startEmbedded(dataDir);
    const account = await chooseAccount();
    const home = await chooseHome(dataDir, account);
    const binaries = await locateBinaries(home, account);
    const joined = await joinServer(await ensureCluster({ home, binaries, account }));
    const { rows } = await joined!.client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await querySql(database.url, "SELECT pg_terminate_backend($1)", [rows[0]!.pid]);
    await expect(joined!.client.query("SELECT 1")).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(joined!.ended).resolves.toBeUndefined();
    await database.stop();
  });

  test("starts although the lock file names a process that is something else", async () => {
    const killed = await startInOtherProcess(dataDir);
    const content = await readFile(pidFile(), "utf8");
    process.kill(await serverPid(), "SIGKILL");
    await killed.kill();
    const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
      ...(await chooseAccount()),
      cwd: "/",
    });
    await writeFile(pidFile(), content.replace(/^\d+/, String(stranger.pid)));

    const database = await startEmbedded(dataDir);
    await expect(querySql(database.url, "SELECT 1 AS one")).resolves.toEqual([{ one: 1 }]);
    await database.stop();
    stranger.kill();
  });

  test("refuses data of another major version instead of touching it", async () => {
    await (await startEmbedded(dataDir)).stop();
    await writeFile(path.join(dataDir, "postgres/data/PG_VERSION"), "17\n");
    await expect(startEmbedded(dataDir)).rejects.toBeInstanceOf(DataFolderVersionMismatch);
  });

  test.runIf(process.getuid?.() === 0)(
    "keeps the data elsewhere when root's folder cannot be entered by PostgreSQL's account",
    async () => {
      await chmod(root, 0o700);
      const database = await startEmbedded(dataDir);
      await querySql(database.url, "CREATE TABLE kept AS SELECT 1 AS id");
      await database.stop();
      const location = (await readFile(path.join(dataDir, "database-location"), "utf8")).trim();
      expect(location).toMatch(/^\/var\/lib\/rollbook\//);

      await chmod(root, 0o755);
      const again = await startEmbedded(dataDir);
      expect(await count(again.url)).toBe(1);
      await again.stop();
      await rm(location, { recursive: true });
    },
  );
});
