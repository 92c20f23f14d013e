import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { dropAbandonedDatabases, ensureTemplate } from "./database-template.ts";

declare module "vitest" {
  interface ProvidedContext {
    database: { serverUrl: string; template: string };
  }
}

/** Once per run: the server in DATABASE_URL, else the embedded one in .rollbook/test. */
export default async function setUpDatabaseServer(project: TestProject) {
  const given = process.env.DATABASE_URL;
  const embedded = given ? undefined : await startEmbedded(path.resolve(".rollbook/test"));
  const serverUrl = embedded?.url ?? given ?? "";
  if (embedded) await dropAbandonedDatabases(serverUrl);
  project.provide("database", { serverUrl, template: await ensureTemplate(serverUrl) });
  return async () => embedded?.stop();
}
