import type { SingleSignOnRefused } from "#lib/auth/single-sign-on/errors.ts";
import { isConfigured } from "#lib/auth/single-sign-on/settings.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import {
  allowPasswordsUntil,
  keepSingleSignOn,
  keptSingleSignOn,
} from "#lib/db/sign-in/single-sign-on.ts";
import { rightsOfRole } from "#lib/auth/rights.ts";
import { hasCode } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { handsOn } from "../operators/handing-on.ts";
import { permit, permitProven } from "../permit.ts";
import { checkPlatformAddresses } from "../registrations/platform-addresses.ts";
import { validated } from "../validated.ts";
import { currentValues, onlyState, SECRET_PURPOSE, type SingleSignOnTools } from "./current.ts";
import { SingleSignOnInput, type SingleSignOnTest, type SingleSignOnView } from "./schema.ts";

const HOUR_MS = 3_600_000;

export async function getSingleSignOn(asker: Asker): Promise<SingleSignOnView> {
  const caller = await permit(asker, "admin", "everywhere");
  return viewOf(caller, caller.db);
}

/**
 * Changes the provider, what its claims mean, and whether passwords open sessions.
 *
 * @throws Conflict      the environment sets it
 * @throws InvalidInput  the issuer is plain http
 * @throws NotPermitted  a rule gives a right that the asker does not have
 */
export async function changeSingleSignOn(
  asker: Asker,
  input: SingleSignOnInput,
): Promise<SingleSignOnView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const { clientSecret, ...fields } = validated(SingleSignOnInput, input);
  const { sealer, fromEnvironment } = toolsOf(caller);
  if (fromEnvironment)
    throw new Conflict("single sign-on is set by the environment variable ROLLBOOK_SSO");
  for (const rule of fields.rules) handsOn(caller.actor, rightsOfRole(rule.role, rule));
  checkPlatformAddresses(caller, { issuer: fields.issuer });
  return transaction(caller.db, async (tx) => {
    const before = await keptSingleSignOn(tx);
    const { sealedSecret: keptSecret, ...old } = before ?? {};
    const sealedSecret =
      clientSecret === undefined
        ? keptSecret
        : clientSecret && sealer.seal(clientSecret, SECRET_PURPOSE);
    await keepSingleSignOn(tx, { ...fields, ...(sealedSecret && { sealedSecret }) });
    const changes = changesBetween(
      { ...old, hasClientSecret: keptSecret !== undefined },
      { ...fields, hasClientSecret: Boolean(sealedSecret) },
    );
    const object = { object: "installation", objectId: null };
    await audit(tx, caller, { action: "single_sign_on.change", ...object, detail: { changes } });
    return viewOf(caller, tx);
  });
}

/** Reads the provider's discovery document and keys, as a sign-in would, and says what is there. */
export async function testSingleSignOn(asker: Asker): Promise<SingleSignOnTest> {
  const caller = await permit(asker, "admin", "everywhere");
  const tools = toolsOf(caller);
  const { values } = await currentValues(caller.db, tools);
  if (!isConfigured(values)) return failed("Issuer or client ID is missing.");
  try {
    const found = await tools.provider.examine(values);
    const works = found.problems.length === 0;
    const words = works
      ? `${found.issuer} answers, with ${plural(found.keys.length, "key")}. Whether client ID, secret and rules fit shows when somebody signs in.`
      : `${found.issuer} answers, but signing in would fail.`;
    return { works, words, ...found };
  } catch (error) {
    if (!hasCode<SingleSignOnRefused>(error, "auth.single_sign_on_refused")) throw error;
    return failed(`${values.issuer} cannot be used: ${error.finding ?? error.message}.`);
  }
}

/** Lets passwords open sessions for an hour, for who is locked out. */
export async function allowPasswords(asker: Asker): Promise<{ until: string }> {
  const caller = await permitProven(asker, "admin", "everywhere");
  const until = new Date(caller.now().getTime() + HOUR_MS);
  await transaction(caller.db, async (tx) => {
    await allowPasswordsUntil(tx, until);
    const object = { object: "installation", objectId: null };
    const detail = { until: until.toISOString() };
    await audit(tx, caller, { action: "single_sign_on.allow_passwords", ...object, detail });
  });
  return { until: until.toISOString() };
}

function failed(words: string): SingleSignOnTest {
  const nothing = { issuer: null, authorizationEndpoint: null, tokenEndpoint: null };
  return { works: false, words, ...nothing, keys: [], problems: [] };
}

function toolsOf({ settings }: Caller): SingleSignOnTools {
  if (!settings.singleSignOn) throw new Error("this process signs nobody in");
  return settings.singleSignOn;
}

async function viewOf(caller: Caller, db: Db): Promise<SingleSignOnView> {
  const { values, source } = await currentValues(db, toolsOf(caller));
  const { areOff, ignoredBecause } = await onlyState(db, values, caller.now());
  const { clientSecret, ...fields } = values;
  return {
    ...fields,
    source,
    isOn: isConfigured(values),
    hasClientSecret: Boolean(clientSecret),
    passwordsAreOff: areOff,
    onlyIgnoredBecause: ignoredBecause,
    redirectUri: redirectUriOf(caller.settings.publicUrl),
  };
}

export function redirectUriOf(publicUrl: string): string {
  return `${publicUrl}/login/callback`;
}
