import pino from "pino";
import { createSessionCookies } from "#lib/auth/sign-in/cookies.ts";
import { ensureSecret, type Env } from "#lib/env.ts";
import { openDatabase } from "#lib/db/open.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { framersOf } from "#lib/operations/launches/session/framing.ts";
import { getRuntime } from "#lib/runtime.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { requireFreePort } from "./port.ts";
import { startWebServer } from "./web-server.ts";

/**
 * Opens and migrates the database, then serves the console with the engine in it.
 *
 * @throws PortTaken | DatabaseUnreachable  before anything is under way
 */
export async function startConsole(
  env: Env,
  { host = env.listen, isDevelopment = false }: { host?: string; isDevelopment?: boolean } = {},
): Promise<void> {
  await requireFreePort(env.port, host);
  const database = await openDatabase(env);
  onShutdown(database.stop, { name: "the database", withinMs: 40_000 });
  const where = database.isEmbedded ? `embedded, in ${env.dataDir}` : new URL(database.url).host;
  console.log(`Database: ${where}.`);
  if (database.applied.length > 0) console.log(`Migrated: ${database.applied.join(", ")}.`);
  const accessLog = pino({ level: env.logLevel, base: undefined });
  const sessions = createSessionCookies({
    secret: env.secret ?? ensureSecret(env.dataDir),
    isSecure: env.url.startsWith("https:"),
  });
  const server = await startWebServer({
    port: env.port,
    publicUrl: env.url,
    trustedProxies: env.trustedProxies,
    limits: env.limits.address,
    isSession: sessions.isGivenOut,
    framersOf: async (launch) => framersOf(await toolCaller(), { launch }),
    host,
    isDevelopment,
    ...(env.accessLog && { onAnswered: (line) => void accessLog.info({ access: line }, "access") }),
  });
  onShutdown(server.close, { name: "the web server", stage: "requests", withinMs: 20_000 });
  console.log(`Rollbook is ready at ${env.url} (port ${server.port}).`);
}

async function toolCaller(): Promise<Asker> {
  const runtime = await getRuntime();
  return runtime.askerFor({ kind: "system", id: "system", name: "Rollbook" });
}
