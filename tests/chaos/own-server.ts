import { mkdtemp, readFile, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDb } from "#lib/db/client.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { waitForServer } from "#lib/db/open.ts";
import { cloneTemplate, dropDatabase, ensureTemplate } from "#tests/support/database-template.ts";
import { querySql, type TestDatabase } from "#tests/support/database.ts";

/** A database whose server this test may kill, or at least cut off from everybody. */
export type ChaosDatabase = TestDatabase & { strike(): Promise<void> };

/** On the server in DATABASE_URL connections are cut; an embedded one of its own is killed. */
export async function createChaosDatabase(): Promise<ChaosDatabase> {
  const given = process.env.DATABASE_URL;
  if (given) return onServer(given, { strike: cutConnections, stop: async () => undefined });
  const dataDir = await mkdtemp(path.join(tmpdir(), "rollbook-chaos-"));
  const embedded = await startEmbedded(dataDir);
  return onServer(embedded.url, {
    strike: killServer,
    async stop() {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}

async function onServer(
  serverUrl: string,
  server: { strike(url: string): Promise<void>; stop(): Promise<void> },
): Promise<ChaosDatabase> {
  const template = await ensureTemplate(serverUrl);
  const name = `rollbook_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const url = await cloneTemplate({ serverUrl, template, name });
  const db = createDb({ url, maxConnections: 20, checkRows: true });
  return {
    url,
    db,
    strike: () => server.strike(url),
    async drop() {
      await db.close();
      await waitForServer(serverUrl);
      await dropDatabase(serverUrl, name);
      await server.stop();
    },
  };
}

async function cutConnections(url: string): Promise<void> {
  await querySql(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** `kill -9`: no checkpoint, no goodbye. Whoever holds the server starts it again. */
async function killServer(url: string): Promise<void> {
  // From the blow before it may still be coming back.
  await waitForServer(url);
  const [row] = await querySql<{ data_directory: string }>(url, "SHOW data_directory");
  const file = await readFile(path.join(row!.data_directory, "postmaster.pid"), "utf8");
  process.kill(Number(file.split("\n", 1)[0]), "SIGKILL");
}
