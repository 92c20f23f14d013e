import type { Actor } from "#lib/auth/actor.ts";
import { CodeRefused } from "#lib/auth/second-factor/errors.ts";
import { hashRecoveryCode, newRecoveryCodes } from "#lib/auth/second-factor/recovery-codes.ts";
import { newTotpSecret, totpUri } from "#lib/auth/second-factor/totp.ts";
import { takeProof } from "#lib/auth/sign-in/attempts.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import {
  beginTotp,
  deleteSecondFactors,
  factorCounts,
  findTotp,
  replaceRecoveryCodes,
} from "#lib/db/sign-in/second-factors.ts";
import { endOtherSessions, markSecondFactor } from "#lib/db/sign-in/sessions.ts";
import { createSignInStore } from "#lib/db/sign-in/store.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { takeAppCode, totpPurpose } from "./check.ts";
import { CodeInput, type OwnSecondFactor, type RecoveryCodes } from "./schema.ts";

type Operator = Extract<Actor, { kind: "operator" }>;

/** How one's own second factor stands. */
export async function getOwnSecondFactor(asker: Asker): Promise<OwnSecondFactor> {
  const { caller, operator } = await ownCaller(asker);
  const { db, engine } = caller;
  const [totp, counts] = [await findTotp(db, operator.id), await factorCounts(db, operator.id)];
  const { recoveryCodes } = counts;
  if (!totp) return { app: "off", recoveryCodes, setUp: null };
  if (totp.confirmedAt) return { app: "on", recoveryCodes, setUp: null };
  const key = engine.sealer.unseal(totp.sealedSecret, totpPurpose(operator.id));
  const uri = totpUri({ secret: key, account: operator.email });
  return { app: "begun", recoveryCodes, setUp: { key, uri } };
}

/**
 * Makes a key for an authenticator app. It counts once a first code of it was typed.
 *
 * @throws Conflict  an app is set up already
 */
export async function beginApp(asker: Asker): Promise<void> {
  const { caller, operator } = await ownCaller(asker);
  const { db, engine } = caller;
  await transaction(db, async (tx) => {
    if ((await findTotp(tx, operator.id))?.confirmedAt) throw new Conflict("an app is set up");
    const sealedSecret = engine.sealer.seal(newTotpSecret(), totpPurpose(operator.id));
    await beginTotp(tx, { userId: operator.id, sealedSecret });
    await auditOwn(tx, caller, "begin_app");
  });
}

/**
 * Makes the app count, by a first code of it; other sessions of the person end.
 *
 * @throws CodeRefused
 * @throws Conflict         no app is waiting for its first code
 * @throws SignInThrottled  too many wrong codes
 */
export async function confirmApp(asker: Asker, input: CodeInput): Promise<RecoveryCodes> {
  const { code } = validated(CodeInput, input);
  const { caller, operator } = await ownCaller(asker);
  const { db, engine, now } = caller;
  const taken = await takeProof(createSignInStore(db), operator.id);
  const made = await transaction(db, async (tx) => {
    const totp = await findTotp(tx, operator.id);
    if (!totp || totp.confirmedAt) throw new Conflict("no app is waiting for its first code");
    const typed = { operatorId: operator.id, code, now: now() };
    if (!(await takeAppCode(tx, engine.sealer, typed))) return null;
    await auditOwn(tx, caller, "set_up_app");
    await countsNow(tx, { caller, operator });
    return newCodes(tx, operator.id);
  });
  if (!made) throw new CodeRefused();
  await taken.succeeded();
  return made;
}

/**
 * New recovery codes in place of those that are left.
 *
 * @throws Conflict  there is no second factor that they could stand in for
 */
export async function renewRecoveryCodes(asker: Asker): Promise<RecoveryCodes> {
  const { caller, operator } = await ownCaller(asker);
  return transaction(caller.db, async (tx) => {
    const { hasTotp } = await factorCounts(tx, operator.id);
    if (!hasTotp) throw new Conflict("there is no second factor yet");
    await auditOwn(tx, caller, "renew_recovery_codes");
    return newCodes(tx, operator.id);
  });
}

/** Takes the app away, and the recovery codes with it: signing in asks for the password alone again. */
export async function removeApp(asker: Asker): Promise<void> {
  const { caller, operator } = await ownCaller(asker);
  await transaction(caller.db, async (tx) => {
    await deleteSecondFactors(tx, operator.id);
    await auditOwn(tx, caller, "remove_app");
  });
}

/** Who asks, with the person that it is. @throws Conflict  an API key has no second factor */
async function ownCaller(asker: Asker): Promise<{ caller: Caller; operator: Operator }> {
  const caller = await permit(asker, "read", "own");
  const { actor: operator } = caller;
  if (operator.kind !== "operator") throw new Conflict("only a person has a second factor");
  return { caller, operator };
}

/** From now on this session stands on two factors, and those before it have ended. */
async function countsNow(
  tx: Db,
  { caller, operator }: { caller: Caller; operator: Operator },
): Promise<void> {
  const keptId = operator.session?.id ?? null;
  const ended = await endOtherSessions(tx, { operatorId: operator.id, keptId });
  if (ended > 0) {
    const entry = { action: "session.end_others", object: "operator", objectId: operator.id };
    await audit(tx, caller, { ...entry, detail: { ended } });
  }
  if (keptId !== null) await markSecondFactor(tx, keptId);
}

async function newCodes(tx: Db, operatorId: string): Promise<RecoveryCodes> {
  const codes = newRecoveryCodes();
  const hashes = codes.map((code) => hashRecoveryCode(operatorId, code));
  await replaceRecoveryCodes(tx, operatorId, hashes);
  return { codes };
}

async function auditOwn(tx: Db, { actor, request }: Caller, act: string): Promise<void> {
  const entry = { action: `second_factor.${act}`, object: "operator", objectId: actor.id };
  const detail = actor.kind === "operator" ? { email: actor.email } : undefined;
  await audit(tx, { actor, request }, { ...entry, detail });
}
