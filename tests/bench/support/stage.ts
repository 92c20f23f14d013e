import { randomBytes } from "node:crypto";
import path from "node:path";
import { createDb } from "#lib/db/client.ts";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import {
  cloneTemplate,
  dropAbandonedDatabases,
  dropDatabase,
  ensureTemplate,
} from "#tests/support/database-template.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import { register, startInstallation, type Installation } from "#tests/support/installation.ts";
import {
  startPlatform,
  type PlatformClient,
  type PlatformOptions,
} from "#tests/support/platform/index.ts";

/** The product's engine, a platform in a process of its own, and a registration between them. */
export type Stage = {
  installation: Installation;
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
    concurrency?: number;
    scoreConcurrency?: number;
    isWorker?: boolean;
  } = {},
): Promise<Stage> {
  const platform = await startPlatform({ logSize: 1, ...options.platform });
  const database = await createBenchDatabase(server);
  const installation = await startInstallation({
    database,
    concurrency: options.concurrency,
    isWorker: options.isWorker,
  });
  const registration = await register(installation, platform);
  await database.db.prisma.registration.update({
    where: { id: registration.id },
    data: {
      profileOverrides: { scoreConcurrency: options.scoreConcurrency ?? 16, pageLimit: 1_000 },
    },
  });
  return {
    installation,
    platform,
    registration,
    async end() {
      await installation.stop();
      await platform.stop();
    },
  };
}
