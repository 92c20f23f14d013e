import type { SealBroken, Sealer } from "#lib/auth/secrets/seal.ts";
import type { Provider } from "#lib/auth/single-sign-on/provider.ts";
import {
  isConfigured,
  providerKey,
  SingleSignOnValues,
} from "#lib/auth/single-sign-on/settings.ts";
import type { Db } from "#lib/db/client.ts";
import { hasCode } from "#lib/errors.ts";
import {
  keepSingleSignOn,
  keptSingleSignOn,
  passwordsUntil,
  provenProvider,
} from "#lib/db/sign-in/single-sign-on.ts";

/** What a process has for single sign-on beside the database. */
export type SingleSignOnTools = {
  sealer: Sealer;
  provider: Provider;
  /** What the environment says goes before what the settings say, as a whole. */
  fromEnvironment?: SingleSignOnValues;
};

export type SingleSignOnSource = "environment" | "settings" | "none";

export type Current = { values: SingleSignOnValues; source: SingleSignOnSource };

export const SECRET_PURPOSE = "single sign-on client secret";

/** The values that count now. */
export async function currentValues(
  db: Db,
  { sealer, fromEnvironment }: Pick<SingleSignOnTools, "sealer" | "fromEnvironment">,
): Promise<Current> {
  if (fromEnvironment) return { values: fromEnvironment, source: "environment" };
  const kept = await keptSingleSignOn(db);
  if (!kept) return { values: SingleSignOnValues.parse({}), source: "none" };
  const { sealedSecret, ...fields } = kept;
  const clientSecret = sealedSecret && openedSecret(sealer, sealedSecret);
  return { values: SingleSignOnValues.parse({ ...fields, clientSecret }), source: "settings" };
}

/** None where no secret of this installation opens it: the provider then refuses. */
function openedSecret(sealer: Sealer, sealed: string): string | undefined {
  try {
    return sealer.unseal(sealed, SECRET_PURPOSE);
  } catch (error) {
    if (hasCode<SealBroken>(error, "auth.seal_broken")) return undefined;
    throw error;
  }
}

/** Seals the client secret again where the previous secret of the installation sealed it. */
export async function resealSingleSignOn(db: Db, sealer: Sealer): Promise<void> {
  const kept = await keptSingleSignOn(db);
  if (!kept?.sealedSecret || sealer.isCurrent(kept.sealedSecret)) return;
  const secret = openedSecret(sealer, kept.sealedSecret);
  if (secret === undefined) return;
  await keepSingleSignOn(db, { ...kept, sealedSecret: sealer.seal(secret, SECRET_PURPOSE) });
}

/** Whether people sign in at their provider alone, and if it is wanted and not so, why not. */
export type OnlyState = { areOff: boolean; ignoredBecause: string | null };

/**
 * Passwords are off once an admin has signed in through this very provider and client: a typing
 * error in the settings locks nobody out.
 */
export async function onlyState(db: Db, values: SingleSignOnValues, now: Date): Promise<OnlyState> {
  if (!values.only) return { areOff: false, ignoredBecause: null };
  const because = await whyIgnored(db, values, now);
  return { areOff: because === null, ignoredBecause: because };
}

async function whyIgnored(db: Db, values: SingleSignOnValues, now: Date): Promise<string | null> {
  if (!isConfigured(values)) return "the issuer or the client ID is missing";
  if ((await provenProvider(db)) !== providerKey(values))
    return "no admin has signed in through this provider and client yet";
  const until = await passwordsUntil(db);
  if (until && until > now)
    return `somebody on the server allowed passwords until ${until.toISOString()}`;
  return null;
}
