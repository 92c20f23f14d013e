import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { evictTokensOf } from "#lib/db/tokens/access-tokens.ts";
import { notify } from "#lib/db/changes.ts";
import type { Database, Db } from "#lib/db/client.ts";
import type { Run } from "#lib/db/generated/client.ts";
import { pauseRuns, type PauseTarget } from "#lib/db/system/pauses.ts";
import { endCooldown } from "#lib/db/pacing/platform-pacing.ts";
import { cancelRun } from "#lib/db/runs/ends.ts";
import { createHeldLocks } from "#lib/db/locks/locks.ts";
import type { NewSigningKey } from "#lib/db/keys/signing-keys.ts";
import {
  createClientAssertion,
  createPlatformKeys,
  scopesFor,
  type ClientAssertion,
  type Endpoints,
  type LtiOptions,
  type PlatformKeys,
} from "#lib/lti/index.ts";
import type { AudienceAttempt } from "#lib/connection-test/index.ts";
import {
  anticipatedScopes,
  createRegistrationLoader,
  membershipsEndpoints,
  type PlatformTarget,
} from "./tokens/connect.ts";
import { Connection } from "./tokens/connection.ts";
import { createDoctor, type TestOrder } from "./connection-tests/doctor.ts";
import { createRunQueue, type PerformBulk, type RunQueue } from "./queue/index.ts";
import { createSchedules } from "./schedules/schedules.ts";
import { startSharedClock } from "./shared-clock.ts";
import { canOpenSigningKey, makeSigningKey } from "./tokens/signing-key.ts";
import { SlotWaiters } from "./pacing/slot-waiters.ts";
import { takeOutListed } from "./rosters/find-gone.ts";
import { createTokenCache, type CachedToken } from "./tokens/token-cache.ts";
import { resumePausedRuns, startRun, type RunStart } from "./runs/start.ts";
import { PAUSE_WORDS } from "./pacing/may-begin.ts";
import { Worker } from "./runs/worker.ts";
import type { EngineWatch } from "./watch.ts";

export { ensureSigningKey } from "./tokens/signing-key.ts";
export { resealSecrets } from "./tokens/reseal.ts";
export { isFinished } from "#lib/db/runs/moves/table.ts";
export { LONGEST_TEST_MS } from "./connection-tests/doctor.ts";
export { fromStoredParts, toStoredParts } from "./connection-tests/test-parts.ts";
export type { AudienceProbePart, TestParts } from "./connection-tests/test-parts.ts";
export type { Connection } from "./tokens/connection.ts";
export type { PerformBulk } from "./queue/index.ts";
export type { PlatformTarget } from "./tokens/connect.ts";
export type { PauseTarget } from "#lib/db/system/pauses.ts";
export { kindOf } from "./kinds/index.ts";
export type { Unit } from "./kinds/kind.ts";
export { blackoutAt, lastsUntil } from "./schedules/blackout.ts";
export { timesBetween } from "./schedules/times-between.ts";
export { addDays, momentOf, wallTime, weekdayOf } from "./schedules/zone-time.ts";
export type { EngineWatch } from "./watch.ts";
export { PAUSE_WORDS };

/** The sync engine: durable runs, one token per registration, and workers that perform them. */
export type Engine = {
  /**
   * Stores a run and queues it in the caller's transaction; the unfinished one where there is one,
   * which then waits no longer for its schedule's spread.
   */
  enqueueRun(tx: Db, run: RunStart): Promise<{ run: Run; alreadyActive: boolean }>;
  /**
   * Cancels a run that waits, in the name of `by`; asks the worker to stop one that runs.
   *
   * @throws MoveRefused  the run is finished
   */
  cancelRun(tx: Db, runId: string, by: string): Promise<Run>;
  /** Stops queued runs of the target, and running ones at their next checkpoint. */
  pauseRuns(tx: Db, target: PauseTarget): Promise<void>;
  /** Queues the target's paused runs again, unless another pause holds them. */
  resumeRuns(tx: Db, target: PauseTarget): Promise<number>;
  /** Ends a platform's cool-down: its waiting runs try now, by one call at a time while it is down. */
  endCooldown(tx: Db, registrationId: string): Promise<number>;
  /** Tells the scheduler what the stored schedules are now; also done by itself, now and then. */
  alignSchedules(): Promise<void>;
  /** As the scheduler calculates them; throws where the expression or the zone cannot be used. */
  nextTimes: RunQueue["nextTimes"];
  /** A client for one call outside a run, with the registration's shared token. */
  connect(registrationId: string, endpoints: Endpoints): Promise<Connection>;
  /**
   * Reads a course's roster to its end and says who of these people it does not list; nothing is
   * written.
   *
   * @throws RosterIncomplete  the reading proves nobody's absence
   */
  whoIsAbsent(course: RosterPlace, userIds: readonly string[]): Promise<Set<string>>;
  /** Runs `work` while nothing else runs under this name, in any process of the installation. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Requests a new token now, with every scope the registration's courses use. */
  refreshToken(registrationId: string): Promise<CachedToken>;
  /** What the next token request would be signed with: the assertion's parts, never the whole. */
  clientAssertion(registrationId: string): Promise<AssertionParts>;
  /** Forgets the registration's tokens; the platform still honours them until they expire. */
  dropToken(registrationId: string): Promise<number>;
  /** The registration as the protocol library sees it. */
  loadRegistration(registrationId: string): Promise<PlatformTarget>;
  /** A new key pair, its private half sealed; it is not stored yet. */
  makeSigningKey(): Promise<NewSigningKey>;
  /** The public keys of platforms, for what they sign. */
  platformKeys: PlatformKeys;
  /** How this process speaks to platforms. */
  lti: LtiOptions;
  /** Seals what is secret before it is stored. */
  sealer: Sealer;
  /** Whether the present secret opens the signing key in use; with another secret every run fails. */
  hasRightSecret(): Promise<boolean>;
  /** Performs a stored connection test step by step in this process; never rejects. */
  testConnection(order: TestOrder): Promise<void>;
  /** Asks for a token under each other audience, once, until one is accepted; stores nothing. */
  probeAudience(registrationId: string): Promise<AudienceAttempt[]>;
  /** Queues a bulk operation in the caller's transaction. */
  enqueueBulk(tx: Db, operationId: string): Promise<void>;
  /** Makes this process perform runs, and bulk operations by the given function. */
  startWorker(work?: { bulk?: PerformBulk }): Promise<void>;
  stop(): Promise<void>;
};

/** A client assertion without its signature, and where it would be sent. */
export type AssertionParts = Pick<ClientAssertion, "header" | "claims"> & { tokenEndpoint: string };

/** Where a course's roster is read. */
export type RosterPlace = { registrationId: string; membershipsUrl: string; scopes: string[] };

export type EngineOptions = {
  db: Database;
  databaseUrl: string;
  sealer: Sealer;
  /** Without a clock of its own the engine goes by the database's. */
  lti: LtiOptions;
  allowPrivateNetwork: boolean;
  /** Runs performed at once by this process; 8. */
  concurrency?: number;
  onError: (error: unknown, runId?: string) => void;
  watch?: EngineWatch;
};

const CONCURRENCY = 8;
/** So many different names of `alone` at once in this process; more wait. */
const LOCK_CONNECTIONS = 4;

/** Builds the engine and starts its queue; `startWorker` makes this process perform runs. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { db, databaseUrl, onError } = options;
  const clock = await startSharedClock(db);
  const { now = clock.now } = options.lti;
  const lti = { ...options.lti, now };
  const cache = createTokenCache({ ...options, lti });
  const locks = createHeldLocks(databaseUrl, LOCK_CONNECTIONS);
  const loadRegistration = createRegistrationLoader(options);
  const doctor = createDoctor({ ...options, lti, loadRegistration });
  const queue = createRunQueue({ db, databaseUrl, onError });
  const schedules = createSchedules({ db, queue, now, random: Math.random });
  const slotWaiters = new SlotWaiters();
  const job = { db, lti, now, cache, loadRegistration, slotWaiters, watch: options.watch };
  const worker = new Worker({ job, queue, schedules, onError });
  await queue.start();

  async function connect(registrationId: string, endpoints: Endpoints): Promise<Connection> {
    const client = await loadRegistration(registrationId);
    const also = await anticipatedScopes(db, registrationId);
    const need = { client, scopes: scopesFor(endpoints), also };
    const connection = new Connection(
      { cache, lti, watch: options.watch },
      need,
      async () => undefined,
    );
    await connection.use(endpoints);
    return connection;
  }

  return {
    enqueueRun: (tx, start) => startRun(tx, queue, start),
    cancelRun,
    pauseRuns: (tx, target) => pauseRuns(tx, target, PAUSE_WORDS[target.scope]),
    resumeRuns: (tx, target) => resumePausedRuns(tx, target, queue),
    async endCooldown(tx, registrationId) {
      const runIds = await endCooldown(tx, registrationId);
      await queue.bringForward(tx, runIds);
      return runIds.length;
    },
    alignSchedules: schedules.align,
    nextTimes: queue.nextTimes,
    connect,
    async whoIsAbsent({ registrationId, ...course }, userIds) {
      const absent = new Set(userIds);
      const connection = await connect(registrationId, membershipsEndpoints(course));
      const { profile } = await loadRegistration(registrationId);
      await takeOutListed(connection, absent, { limit: profile.pageLimit });
      return absent;
    },
    alone: locks.hold,
    async refreshToken(registrationId) {
      const client = await loadRegistration(registrationId);
      const scopes = await anticipatedScopes(db, registrationId);
      return cache.acquire({ client, scopes, force: true });
    },
    async clientAssertion(registrationId) {
      const { registration } = await loadRegistration(registrationId);
      const { header, claims } = await createClientAssertion(registration, now());
      return { tokenEndpoint: registration.tokenEndpoint, header, claims };
    },
    async dropToken(registrationId) {
      const dropped = await evictTokensOf(db, registrationId, "dropped by an operator");
      await notify(db, { registrationId });
      return dropped;
    },
    loadRegistration,
    makeSigningKey: () => makeSigningKey(options.sealer),
    platformKeys: createPlatformKeys(lti, { allowHttp: options.allowPrivateNetwork }),
    lti,
    sealer: options.sealer,
    hasRightSecret: () => canOpenSigningKey(db, options.sealer),
    testConnection: doctor.perform,
    probeAudience: doctor.probeAudience,
    enqueueBulk: (tx, operationId) => queue.sendBulk(tx, operationId),
    startWorker: ({ bulk } = {}) => worker.start(options.concurrency ?? CONCURRENCY, bulk),
    async stop() {
      await Promise.all([doctor.stop(), worker.stop()]);
      await queue.stop();
      // The cache first: it ends the token requests that a holder of a lock may wait for.
      await cache.close();
      await locks.close();
      clock.stop();
    },
  };
}
