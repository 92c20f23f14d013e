import { randomBytes } from "node:crypto";
import path from "node:path";
import { createDb } from "#lib/db/client.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import type { Registration, Run } from "#lib/db/generated/client.ts";
import type { RunKind } from "#lib/db/generated/enums.ts";
import {
  cloneTemplate,
  dropAbandonedDatabases,
  dropDatabase,
  ensureTemplate,
} from "#tests/support/database-template.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import {
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import {
  startPlatform,
  type PlatformClient,
  type PlatformOptions,
} from "#tests/support/platform/index.ts";
import { startWorkerProcess, type WorkerProcess } from "#tests/support/worker-processes.ts";

const LOOK_MS = 100;

/** The product's worker and a platform, each a process of its own, and a registration between them. */
export type Stage = {
  installation: Installation;
  worker: WorkerProcess;
  platform: PlatformClient;
  registration: Registration;
  end(): Promise<void>;
};

export type BenchServer = { url: string; name: string; stop(): Promise<void> };

/** The server in DATABASE_URL, else the embedded one of the benchmarks. */
export async function startBenchServer(): Promise<BenchServer> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, name: "PostgreSQL server", stop: async () => undefined };
  const embedded = await startEmbedded(path.resolve(".rollbook/bench"));
  await dropAbandonedDatabases(embedded.url);
  return { url: embedded.url, name: "embedded database", stop: () => embedded.stop() };
}

export async function createBenchDatabase(server: BenchServer): Promise<TestDatabase> {
  const template = await ensureTemplate(server.url);
  const name = `rollbook_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const url = await cloneTemplate({ serverUrl: server.url, template, name });
  const db = createDb({ url, maxConnections: 20 });
  return {
    url,
    db,
    async drop() {
      await db.close();
      await dropDatabase(server.url, name);
    },
  };
}

export async function openStage(
  server: BenchServer,
  options: {
    platform?: PlatformOptions;
    scoreConcurrency?: number;
    workerImports?: string[];
  } = {},
): Promise<Stage> {
  const platform = await startPlatform({ logSize: 1, ...options.platform });
  const database = await createBenchDatabase(server);
  const installation = await startInstallation({ database, isWorker: false });
  const registration = await register(installation, platform);
  await database.db.prisma.registration.update({
    where: { id: registration.id },
    data: {
      profileOverrides: { scoreConcurrency: options.scoreConcurrency ?? 16, pageLimit: 1_000 },
    },
  });
  const worker = await startWorkerProcess(database, { imports: options.workerImports });
  return {
    installation,
    worker,
    platform,
    registration,
    async end() {
      await worker.terminate();
      await installation.stop();
      await platform.stop();
    },
  };
}

/** Runs a sync in the worker and waits for its end without taking much of the machine. */
export async function runInWorker(
  { installation, registration }: Stage,
  kind: RunKind,
  courseId?: string,
): Promise<Run> {
  const target = { registrationId: registration.id, courseId };
  const { id } = await startRun(installation, kind, target);
  const { pool, prisma } = installation.db;
  const ended = "SELECT FROM run WHERE id = $1 AND finished_at IS NOT NULL";
  while ((await pool.query(ended, [id])).rowCount === 0)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  return prisma.run.findUniqueOrThrow({ where: { id } });
}
