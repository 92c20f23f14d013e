import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { afterCommit, transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/registrations/connection-tests.ts";
import type { ConnectionTest } from "#lib/db/generated/client.ts";
import { STEP_KEYS, waitingStep, type AudienceAttempt } from "#lib/connection-test/index.ts";
import { fromStoredParts, toStoredParts, type TestParts } from "#lib/sync/index.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { connectionTestSummary, connectionTestView } from "./view.ts";
import { Conflict } from "../errors.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { ConnectionTestList, ConnectionTestView } from "./schema.ts";
import { evictTokensOf } from "#lib/db/tokens/access-tokens.ts";

type RegistrationId = { registrationId: string };

const TESTS_KEPT = 20;

/**
 * Starts a connection test and answers at once; its steps are stored as they end. Where a
 * test of the registration is under way, it is that one.
 *
 * @throws Conflict  the registration is archived
 */
export async function testConnection(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<ConnectionTestView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const { id, archivedAt } = await getRegistration(caller, { registrationId });
  if (archivedAt) throw new Conflict("this registration is archived, restore it first");
  const { test, isNew } = await transaction(caller.db, (tx) => begin(caller, tx, id));
  if (isNew) {
    const toolJwksUrl = `${caller.settings.publicUrl}/lti/jwks`;
    const order = { testId: test.id, registrationId: id, toolJwksUrl };
    await afterCommit(caller.db, async () => void caller.engine.testConnection(order));
  }
  return connectionTestView(test, caller.now());
}

/** The latest test of a registration, finished or not; null before the first. */
export async function getConnectionTest(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<ConnectionTestView | null> {
  const caller = await permit(asker, "read", { registrationId });
  const { id } = await getRegistration(caller, { registrationId });
  const test = await stored.latestConnectionTest(caller.db, id);
  return test && connectionTestView(test, caller.now());
}

/** The latest tests of a registration, newest first. */
export async function listConnectionTests(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<ConnectionTestList> {
  const caller = await permit(asker, "read", { registrationId });
  const { id } = await getRegistration(caller, { registrationId });
  const rows = await stored.listConnectionTests(caller.db, id, TESTS_KEPT);
  const now = caller.now();
  return { items: rows.map((row) => connectionTestSummary(row, now)) };
}

/**
 * Tries the other audiences, once each, and stores the one that works on the registration;
 * tokens that were asked for under the old one are dropped.
 *
 * @throws Conflict  the latest test gives no reason to, or they were tried already
 */
export async function probeAudience(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<ConnectionTestView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const { id } = await getRegistration(caller, { registrationId });
  const test = await transaction(caller.db, (tx) => claimProbe(tx, id));
  const attempts = await caller.engine.probeAudience(id);
  await transaction(caller.db, async (tx) => {
    await stored.replaceTestParts(tx, test.id, withAttempts(test, attempts));
    const worked = attempts.find(({ accepted }) => accepted);
    if (worked) await adopt(caller, tx, { registrationId: id, worked });
    await notify(tx, { registrationId: id });
  });
  const latest = await stored.latestConnectionTest(caller.db, id);
  return connectionTestView(latest ?? test, caller.now());
}

async function begin(
  caller: Caller,
  tx: Db,
  registrationId: string,
): Promise<{ test: ConnectionTest; isNew: boolean }> {
  await stored.lockConnectionTests(tx, registrationId);
  const latest = await stored.latestConnectionTest(tx, registrationId);
  if (latest && connectionTestSummary(latest, caller.now()).state === "running") {
    return { test: latest, isNew: false };
  }
  const test = await stored.insertConnectionTest(tx, {
    registrationId,
    startedBy: actorName(caller.actor),
    startedAt: caller.now(),
    steps: toStoredParts({ steps: STEP_KEYS.map(waitingStep), probe: null }),
  });
  await stored.pruneConnectionTests(tx, registrationId, TESTS_KEPT);
  const entry = { object: "registration", objectId: registrationId };
  await audit(tx, caller, { action: "registration.test", ...entry });
  await notify(tx, { registrationId });
  return { test, isNew: true };
}

/** Of two who ask at once, one tries; the platform is asked once for each audience. */
async function claimProbe(tx: Db, registrationId: string): Promise<ConnectionTest> {
  await stored.lockConnectionTests(tx, registrationId);
  const test = await stored.latestConnectionTest(tx, registrationId);
  const parts = fromStoredParts(test?.steps);
  if (!test || !parts.probe) throw new Conflict("no test found reason to try other audiences");
  if (!parts.probe.offered) throw new Conflict("the other audiences were tried, test again first");
  const probe = { ...parts.probe, offered: false };
  await stored.replaceTestParts(tx, test.id, toStoredParts({ ...parts, probe }));
  return test;
}

function withAttempts(
  test: ConnectionTest,
  attempts: readonly AudienceAttempt[],
): stored.StoredParts {
  const { steps } = fromStoredParts(test.steps);
  const tried = attempts.map(({ values, accepted, verbatim }) => ({
    audience: values.join(" "),
    accepted,
    verbatim,
  }));
  const worked = tried.find(({ accepted }) => accepted)?.audience ?? null;
  const probe: TestParts["probe"] = { key: "audience_probe", offered: false, tried, worked };
  return toStoredParts({ steps, probe });
}

async function adopt(
  caller: Caller,
  tx: Db,
  { registrationId, worked }: RegistrationId & { worked: AudienceAttempt },
): Promise<void> {
  const before = await tx.prisma.registration.findUniqueOrThrow({
    where: { id: registrationId },
    select: { audience: true, audienceValues: true },
  });
  const after = {
    audience: worked.kind === "both" ? ("custom" as const) : worked.kind,
    audienceValues: worked.kind === "both" ? worked.values : [],
  };
  await tx.prisma.registration.update({ where: { id: registrationId }, data: after });
  await evictTokensOf(tx, registrationId, "the audience was changed");
  await audit(tx, caller, {
    action: "registration.update",
    object: "registration",
    objectId: registrationId,
    detail: { changes: changesBetween(before, after), by: "audience probe" },
  });
}
