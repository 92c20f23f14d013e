import type { Actor } from "#lib/auth/actor.ts";
import { relyingPartyOf } from "#lib/auth/passkeys/relying-party.ts";
import { isConfigured } from "#lib/auth/single-sign-on/settings.ts";
import type { Db } from "#lib/db/client.ts";
import { findPassword } from "#lib/db/sign-in/links.ts";
import { hasPasskey } from "#lib/db/sign-in/passkeys.ts";
import { factorCounts } from "#lib/db/sign-in/second-factors.ts";
import { sessionRules } from "#lib/db/sign-in/settings.ts";
import { hasSubjectAt } from "#lib/db/sign-in/single-sign-on.ts";
import type { Caller } from "../caller.ts";
import { ProofNeeded, type Way } from "../errors.ts";
import { currentValues, onlyState } from "../single-sign-on/current.ts";

type Operator = Extract<Actor, { kind: "operator" }>;

/** @throws ProofNeeded  a person is signed in, and last proved too long ago who they are */
export async function requireProof(caller: Caller): Promise<void> {
  const { actor, db, now } = caller;
  if (actor.kind !== "operator") return;
  const { askAgainMinutes } = await sessionRules(db);
  const oldest = now().getTime() - askAgainMinutes * 60_000;
  // Without a session nothing says that there was a proof.
  if (!actor.session || actor.session.provenAt.getTime() < oldest)
    throw new ProofNeeded(await waysOf(caller, actor));
}

/** What a person can prove by who they are. */
export async function waysOf(
  { db, settings, now }: Pick<Caller, "db" | "settings" | "now">,
  { id }: Operator,
): Promise<Way[]> {
  const provider = await providerState(db, settings, now());
  const mayPassword = !provider.passwordsAreOff && Boolean((await findPassword(db, { id }))?.hash);
  const mayPasskey = mayPassword && relyingPartyOf(settings.publicUrl) !== null;
  const ways: [Way, boolean][] = [
    ["passkey", mayPasskey && (await hasPasskey(db, id))],
    ["password", mayPassword],
    ["code", (await factorCounts(db, id)).hasTotp],
    ["provider", provider.issuer !== null && (await hasSubjectAt(db, id, `${provider.issuer} `))],
  ];
  return ways.filter(([, isThere]) => isThere).map(([way]) => way);
}

async function providerState(db: Db, { singleSignOn }: Caller["settings"], now: Date) {
  if (!singleSignOn) return { issuer: null, passwordsAreOff: false };
  const { values } = await currentValues(db, singleSignOn);
  const { areOff } = await onlyState(db, values, now);
  return { issuer: isConfigured(values) ? values.issuer : null, passwordsAreOff: areOff };
}
