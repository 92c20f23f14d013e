import pino, { type Logger } from "pino";
import { ROLLBOOK, type Actor } from "./auth/actor.ts";
import { createPasskeys } from "./auth/passkeys/passkeys.ts";
import { createRequestLimit, type RequestLimit } from "./auth/limits/request-limit.ts";
import { createSealer } from "./auth/secrets/seal.ts";
import { setupCode } from "./auth/secrets/setup-code.ts";
import { createProvider } from "./auth/single-sign-on/provider.ts";
import { createSignIn, type SignIn } from "./auth/sign-in/sign-in.ts";
import { listenToAudit } from "./db/audit/listener.ts";
import { openChangeFeed, type ChangeFeed } from "./db/changes.ts";
import { createDb, type Database } from "./db/client.ts";
import { isDatabaseDown } from "./db/errors.ts";
import { openDatabase } from "./db/open.ts";
import { createPasskeyStore, createSignInStore } from "./db/sign-in/store.ts";
import { EnvironmentInvalid, ensureSecret, readEnv, type Env } from "./env.ts";
import { hasCode } from "./errors.ts";
import { createErrorLog, type ErrorLog } from "./error-log.ts";
import { createPlatformFetch } from "./lti/index.ts";
import { createBulkPerformer } from "./operations/bulk/performer.ts";
import { auditLine } from "./operations/audit/line.ts";
import { createSecurityLog, type SecurityLog } from "./operations/audit/security-events.ts";
import {
  askerFor,
  type Asker,
  type Caller,
  type OperationSettings,
  type RequestOrigin,
} from "./operations/caller.ts";
import type { InvalidInput } from "./operations/errors.ts";
import { createMetrics, type Metrics } from "./operations/metrics/instruments.ts";
import { ensureApiKey, ensureOperator } from "./operations/operators/environment.ts";
import { hasOperator } from "./operations/operators/operators.ts";
import { createSecondFactorCheck, resealSecondFactors } from "./operations/second-factor/check.ts";
import { createSingleSignOnFlow, type SingleSignOnFlow } from "./operations/single-sign-on/flow.ts";
import { resealSingleSignOn } from "./operations/single-sign-on/current.ts";
import { redirectUriOf } from "./operations/single-sign-on/settings.ts";
import { startAlerts } from "./operations/alerts/deliver.ts";
import { resealMailServer } from "./operations/alerts/mail-server.ts";
import { startWebhooks } from "./operations/webhooks/start.ts";
import { onShutdown } from "./shutdown.ts";
import { ensureSigningKey, resealSecrets, startEngine, type Engine } from "./sync/index.ts";

/** One process of an installation: database, engine, sign-in and their settings. */
export type Runtime = {
  env: Env;
  secret: string;
  db: Database;
  engine: Engine;
  signIn: SignIn;
  singleSignOn: SingleSignOnFlow;
  changes: ChangeFeed;
  settings: OperationSettings;
  log: Logger;
  errors: ErrorLog;
  metrics: Metrics;
  /** For an actor who is known; each operation checks what the actor may do. */
  askerFor(actor: Actor, request?: RequestOrigin): Asker;
  /** Of one key or operator at the API. */
  apiLimit: RequestLimit;
  /** Puts on record sign-ins, refused keys and the like. */
  security: SecurityLog;
};

const MAX_CONNECTIONS = 20;
// More than their own bounds, which add up to 25 and 32 s.
const STOP_ENGINE_MS = 30_000;
const STOP_DATABASE_MS = 40_000;

// The bundles of pages, routes and instrumentation each have their own copy of this module.
const key = Symbol.for("rollbook.runtime");
const shared = globalThis as typeof globalThis & { [key]?: Promise<Runtime> };

const WRONG_SECRET =
  "the secret does not open the signing key, so every run will fail: start with the secret that " +
  "this installation had (ROLLBOOK_SECRET, or the file `secret` in the data folder)";

/**
 * Starts this process's part of the installation, once; by the environment, unless options are given.
 * `checkRows` compares the rows of every statement with their declared shape: for tests.
 */
export function startRuntime(env?: Env, options: { checkRows?: boolean } = {}): Promise<Runtime> {
  shared[key] ??= build(env ?? readEnv(), options);
  return shared[key];
}

export const getRuntime = (): Promise<Runtime> => startRuntime();

/**
 * Opens the database, makes sure of keys and first operator, and starts the engine.
 *
 * @throws EnvironmentInvalid | DatabaseUnreachable  with what is wrong and where
 */
async function build(env: Env, { checkRows }: { checkRows?: boolean }): Promise<Runtime> {
  const log = pino({ level: env.logLevel, base: undefined });
  listenToAudit((entry) => log.info({ audit: auditLine(entry) }, "audit"));
  const database = await openDatabase(env);
  const db = createDb({ url: database.url, maxConnections: MAX_CONNECTIONS, checkRows });
  const secret = env.secret ?? ensureSecret(env.dataDir);
  const sealer = createSealer(secret, env.previousSecret);
  const platformFetch = createPlatformFetch({ allowPrivateNetwork: env.allowPrivateNetwork });
  const singleSignOn = {
    sealer,
    provider: createProvider({
      fetch: platformFetch,
      redirectUri: redirectUriOf(env.url),
      allowHttp: env.allowPrivateNetwork,
    }),
    fromEnvironment: env.singleSignOn,
  };
  const settings = { ...settingsOf(env, database), singleSignOn };
  const singleSignOnFlow = createSingleSignOnFlow(db, singleSignOn, {
    isSecure: env.url.startsWith("https:"),
    warn: (message) => log.error(message),
  });
  const changes = await openChangeFeed(database.url);
  if (env.previousSecret) {
    log.info(await resealSecrets(db, sealer), "sealed again");
    await resealSingleSignOn(db, sealer);
    await resealMailServer(db, sealer);
    await resealSecondFactors(db, sealer);
  }
  await ensureSigningKey(db, sealer);
  await ensureOperators(db, env, { secret, log });
  const errors = createErrorLog(log, { isAway: isDatabaseDown });
  const onError = (error: unknown, runId?: string) => errors.report("engine", error, { runId });
  const metrics = createMetrics();
  const engine = await startEngine({
    db,
    databaseUrl: database.url,
    sealer,
    lti: { fetch: platformFetch, userAgent: `Rollbook (${env.url})` },
    allowPrivateNetwork: env.allowPrivateNetwork,
    onError,
    watch: metrics.watch,
  });
  // Says at the start what it ignores.
  await singleSignOnFlow.mayUsePasswords();
  if (!(await engine.hasRightSecret())) log.error(WRONG_SECRET);
  const callerFor = (actor: Actor, request?: RequestOrigin): Caller => ({
    actor,
    request,
    db,
    engine,
    settings,
    now: () => new Date(),
  });
  if (env.isWorker)
    await engine.startWorker({
      bulk: createBulkPerformer({ db, callerFor, onError: (error) => onError(error) }),
    });
  const delivering = env.isWorker
    ? startWebhooks(db, engine, (error) => onError(error))
    : undefined;
  const alerting = env.isWorker
    ? startAlerts(callerFor(ROLLBOOK), (error) => onError(error))
    : undefined;
  onShutdown(database.stop, { name: "the database", withinMs: STOP_DATABASE_MS });
  onShutdown(db.close, { name: "the database's connections" });
  onShutdown(changes.close, { name: "the change feed", withinMs: 5_000 });
  onShutdown(platformFetch.close, { name: "the connections to platforms", withinMs: 5_000 });
  const security = createSecurityLog(db, { onError: (error) => onError(error) });
  onShutdown(security.flush, { name: "the security log", withinMs: 5_000 });
  if (alerting) onShutdown(alerting.stop, { name: "the alerts", withinMs: 30_000 });
  if (delivering) onShutdown(delivering.stop, { name: "the webhooks", withinMs: 20_000 });
  onShutdown(engine.stop, { name: "the engine", withinMs: STOP_ENGINE_MS });
  return {
    env,
    secret,
    db,
    engine,
    signIn: createSignIn({
      prisma: db.prisma,
      secret,
      publicUrl: env.url,
      store: createSignInStore(db),
      sealer,
      secondFactor: createSecondFactorCheck(db, sealer),
      passkeys: createPasskeys({ publicUrl: env.url, sealer, store: createPasskeyStore(db) }),
      mayUsePasswords: singleSignOnFlow.mayUsePasswords,
      onEnd: (actor, reason) =>
        security.record(actor, {
          action: "session.end",
          object: "operator",
          objectId: actor.id,
          detail: { reason },
        }),
    }),
    singleSignOn: singleSignOnFlow,
    changes,
    settings,
    log,
    errors,
    metrics,
    askerFor: (actor, request) => askerFor(callerFor(actor, request)),
    apiLimit: createRequestLimit(env.limits.api),
    security,
  };
}

function settingsOf(
  env: Env,
  { isEmbedded }: { isEmbedded: boolean },
): Omit<OperationSettings, "singleSignOn"> {
  return {
    publicUrl: env.url,
    allowPrivateNetwork: env.allowPrivateNetwork,
    isDemo: env.isDemo,
    isDatabaseEmbedded: isEmbedded,
    mailServer: env.mailServer,
  };
}

/** @throws EnvironmentInvalid  others would guess the password */
async function ensureAdmin(db: Database, admin: NonNullable<Env["admin"]>, isDemo: boolean) {
  await ensureOperator(db, { ...admin, isDemo }).catch((error: unknown) => {
    if (!hasCode<InvalidInput>(error, "operation.invalid_input")) throw error;
    const [variable = "", [reason = ""] = []] = Object.entries(error.fields)[0] ?? [];
    throw new EnvironmentInvalid([{ variable, reason: `is refused: ${reason}` }]);
  });
}

async function ensureOperators(
  db: Database,
  env: Env,
  { secret, log }: { secret: string; log: Logger },
): Promise<void> {
  if (env.admin) await ensureAdmin(db, env.admin, env.isDemo);
  if (env.apiKey) await ensureApiKey(db, env.apiKey, new Date());
  if (!(await hasOperator(db)))
    log.info(`nobody can sign in yet: open ${env.url}/setup with the code ${setupCode(secret)}`);
}
