import type { Sealer } from "#lib/auth/secrets/seal.ts";
import { notify } from "#lib/db/changes.ts";
import type { Db } from "#lib/db/client.ts";
import { saveConnectionTest } from "#lib/db/registrations/connection-tests.ts";
import {
  examineConnection,
  probeAudience,
  verdictOf,
  type AudienceAttempt,
  type Examination,
  type Step,
  type Subject,
} from "#lib/connection-test/index.ts";
import { missingScopes, uniqueScopes, type LtiOptions } from "#lib/lti/index.ts";
import type { PlatformTarget, RegistrationLoader } from "../tokens/connect.ts";
import { requestRecorded, storeToken } from "../tokens/token-records.ts";
import { loadSubject } from "./load-subject.ts";
import { toStoredParts, type TestParts } from "./test-parts.ts";

/** A stored test, about to be performed. */
export type TestOrder = { testId: string; registrationId: string; toolJwksUrl: string };

export type Doctor = {
  /** Performs a stored test in this process and stores each step; never rejects. */
  perform(order: TestOrder): Promise<void>;
  /** Asks the token endpoint under each other audience, once, until one is accepted. */
  probeAudience(registrationId: string): Promise<AudienceAttempt[]>;
  /** Ends the tests that are under way; they stay as interrupted. */
  stop(): Promise<void>;
};

type DoctorDeps = {
  db: Db;
  sealer: Sealer;
  lti: LtiOptions;
  loadRegistration: RegistrationLoader;
  allowPrivateNetwork: boolean;
  onError: (error: unknown) => void;
};

/** After this long a test ends with what it knows; one that is older was interrupted. */
export const LONGEST_TEST_MS = 90_000;
const REQUEST_MS = 10_000;

export function createDoctor(deps: DoctorDeps): Doctor {
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  return {
    async perform(order) {
      const work = perform(deps, order, stopping.signal).finally(() => underWay.delete(work));
      underWay.add(work);
      await work;
    },
    async probeAudience(registrationId) {
      const subject = await subjectOf(deps, { registrationId, toolJwksUrl: "" });
      const options = bounded(deps, stopping.signal);
      const attempts = await probeAudience(await subject.load(), subject, options);
      await notify(deps.db, { registrationId });
      return attempts;
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

async function perform(deps: DoctorDeps, order: TestOrder, stopping: AbortSignal): Promise<void> {
  const { db, onError } = deps;
  const { testId, registrationId } = order;
  const now = deps.lti.now ?? (() => new Date());
  const save = async (parts: TestParts, end: { finishedAt?: Date; verdict?: string } = {}) => {
    await saveConnectionTest(db, testId, { steps: toStoredParts(parts), ...end });
    await notify(db, { registrationId });
  };
  let latest: readonly Step[] = [];
  try {
    let client: PlatformTarget | undefined;
    const loadRegistration: RegistrationLoader = async (id) =>
      (client = await deps.loadRegistration(id));
    const subject = await subjectOf({ ...deps, loadRegistration }, order);
    const found = await examineConnection(subject, bounded(deps, stopping), async (steps) => {
      latest = [...steps];
      await save({ steps, probe: null });
    });
    if (client) await keep(deps, client, { found, scopes: subject.scopes.asked });
    const verdict = stopping.aborted ? undefined : verdictOf(found.steps);
    await save({ steps: found.steps, probe: probeOf(found) }, { finishedAt: now(), verdict });
  } catch (error) {
    onError(error);
    await save({ steps: latest, probe: null }, { finishedAt: now() }).catch(onError);
  }
}

function subjectOf(deps: DoctorDeps, order: { registrationId: string; toolJwksUrl: string }) {
  const note = { registrationId: order.registrationId, reason: "forced" } as const;
  // The token endpoint is truly asked, whatever the cache holds.
  const requestToken: Subject["requestToken"] = (registration, scopes, lti) =>
    requestRecorded(deps.db, note, { registration, scopes, lti });
  return loadSubject({ ...deps, requestToken }, order);
}

/** A test would otherwise hold its connections for as long as a platform likes. */
function bounded({ lti }: DoctorDeps, stopping: AbortSignal): LtiOptions {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(LONGEST_TEST_MS)]);
  return { ...lti, timeoutMs: REQUEST_MS, signal };
}

/**
 * Puts the token into the cache for the jobs, so that a test spares them a request; as a token of
 * the client that asked for it, whatever the registration says by now.
 */
async function keep(
  deps: DoctorDeps,
  client: PlatformTarget,
  { found, scopes }: { found: Examination; scopes: readonly string[] },
): Promise<void> {
  const { token } = found.findings;
  if (!token) return;
  const requestedScopes = [...token.requestedScopes];
  const refusedScopes = missingScopes(
    uniqueScopes([...requestedScopes, ...scopes]),
    token.grantedScopes,
  );
  await storeToken(deps, client, { token, requestedScopes, refusedScopes });
}

function probeOf({ doubtsAudience }: Examination): TestParts["probe"] {
  if (!doubtsAudience) return null;
  return { key: "audience_probe", offered: true, tried: [], worked: null };
}
