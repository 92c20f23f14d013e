import { CodeRefused } from "#lib/auth/second-factor/errors.ts";
import { hashRecoveryCode, newRecoveryCodes } from "#lib/auth/second-factor/recovery-codes.ts";
import { newTotpSecret, totpUri } from "#lib/auth/second-factor/totp.ts";
import { isOperatorPassword } from "#lib/auth/secrets/password.ts";
import { takeProof } from "#lib/auth/sign-in/attempts.ts";
import { PasswordRefused } from "#lib/auth/sign-in/errors.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import {
  beginTotp,
  deleteApp,
  factorCounts,
  findTotp,
  replaceRecoveryCodes,
} from "#lib/db/sign-in/second-factors.ts";
import { findPassword } from "#lib/db/sign-in/links.ts";
import { endOtherSessions, markSecondFactor } from "#lib/db/sign-in/sessions.ts";
import { createSignInStore } from "#lib/db/sign-in/store.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict } from "../errors.ts";
import { permit } from "../permit.ts";
import { validated } from "../validated.ts";
import { qrCodeOf } from "./qr-code.ts";
import { type Person, personIn, requireOwnFactor } from "./person.ts";
import { createSecondFactorCheck, takeAppCode, totpPurpose } from "./check.ts";
import { FirstCodeInput, type OwnSecondFactor, type RecoveryCodes } from "./schema.ts";

/** How one's own second factor stands. */
export async function getOwnSecondFactor(asker: Asker): Promise<OwnSecondFactor> {
  const { caller, operator } = await ownCaller(asker);
  const { db, engine } = caller;
  const [totp, counts] = [await findTotp(db, operator.id), await factorCounts(db, operator.id)];
  const { recoveryCodes } = counts;
  const hasPassword = (await passwordOf(db, operator)) !== null;
  if (!totp) return { app: "off", recoveryCodes, setUp: null, hasPassword };
  if (totp.confirmedAt) return { app: "on", recoveryCodes, setUp: null, hasPassword };
  const key = engine.sealer.unseal(totp.sealedSecret, totpPurpose(operator.id));
  const uri = totpUri({ secret: key, account: operator.email });
  return { app: "begun", recoveryCodes, setUp: { key, uri, qr: qrCodeOf(uri) }, hasPassword };
}

/**
 * Makes a key for an authenticator app. It counts once a first code of it was typed.
 *
 * @throws Conflict     an app is set up already, or there is no password that it could stand beside
 * @throws ProofNeeded  the person has a passkey, and has not shown it in this session
 */
export async function beginApp(asker: Asker): Promise<void> {
  const { caller, operator } = await ownCaller(asker);
  const { db, engine } = caller;
  await requireOwnFactor(caller);
  await transaction(db, async (tx) => {
    if ((await passwordOf(tx, operator)) === null) throw new Conflict("you have no password here");
    if ((await findTotp(tx, operator.id))?.confirmedAt) throw new Conflict("an app is set up");
    const sealedSecret = engine.sealer.seal(newTotpSecret(), totpPurpose(operator.id));
    await beginTotp(tx, { userId: operator.id, sealedSecret });
    await auditOwn(tx, caller, "begin_app");
  });
}

/**
 * Makes the app count, by a first code of it; other sessions of the person end. The password is
 * asked as well: who finds a browser open does not lock its owner out.
 *
 * @throws PasswordRefused
 * @throws TooManyPasswords
 * @throws CodeRefused
 * @throws Conflict         no app is waiting for its first code
 * @throws ProofNeeded      the person has a passkey, and has not shown it in this session
 * @throws SignInThrottled  too many wrong codes
 */
export async function confirmApp(asker: Asker, input: FirstCodeInput): Promise<RecoveryCodes> {
  const { code, present } = validated(FirstCodeInput, input);
  const { caller, operator } = await ownCaller(asker);
  const { db, engine, now } = caller;
  await requireOwnFactor(caller);
  const taken = await takeProof(createSignInStore(db), operator.id);
  await requirePassword(db, operator, present);
  const made = await transaction(db, async (tx) => {
    const totp = await findTotp(tx, operator.id);
    if (!totp || totp.confirmedAt) throw new Conflict("no app is waiting for its first code");
    if (!(await takeAppCode(tx, engine.sealer, { totp, code, now: now() }))) return null;
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
 * @throws PasswordRefused
 * @throws CodeRefused
 * @throws Conflict         there is no second factor that they could stand in for
 * @throws SignInThrottled  too many wrong codes
 */
export async function renewRecoveryCodes(
  asker: Asker,
  input: FirstCodeInput,
): Promise<RecoveryCodes> {
  const { caller, operator } = await provenCaller(asker, input);
  return transaction(caller.db, async (tx) => {
    if (!(await factorCounts(tx, operator.id)).hasTotp) throw noFactor();
    await auditOwn(tx, caller, "renew_recovery_codes");
    return newCodes(tx, operator.id);
  });
}

/**
 * Takes the app away, and the recovery codes with it: signing in asks for the password alone again.
 *
 * @throws PasswordRefused
 * @throws CodeRefused
 * @throws Conflict         there is no second factor
 * @throws SignInThrottled  too many wrong codes
 */
export async function removeApp(asker: Asker, input: FirstCodeInput): Promise<void> {
  const { caller, operator } = await provenCaller(asker, input);
  await transaction(caller.db, async (tx) => {
    await deleteApp(tx, operator.id);
    await auditOwn(tx, caller, "remove_app");
  });
}

/** Who asks, with the person that it is. @throws Conflict  an API key has no second factor */
async function ownCaller(asker: Asker): Promise<{ caller: Caller; operator: Person }> {
  const caller = await permit(asker, "read", "own");
  return { caller, operator: personIn(caller) };
}

/** The same, once the password and a code of the app, or a recovery code, have shown who it is. */
async function provenCaller(asker: Asker, input: FirstCodeInput) {
  const { code, present } = validated(FirstCodeInput, input);
  const { caller, operator } = await ownCaller(asker);
  const { db, engine } = caller;
  if (!(await factorCounts(db, operator.id)).hasTotp) throw noFactor();
  const taken = await takeProof(createSignInStore(db), operator.id);
  await requirePassword(db, operator, present);
  const check = createSecondFactorCheck(db, engine.sealer);
  if (!(await check.takeCode(operator.id, code))) throw new CodeRefused();
  await taken.succeeded();
  return { caller, operator };
}

/** @throws PasswordRefused | TooManyPasswords */
async function requirePassword(db: Db, operator: Person, present: string): Promise<void> {
  const hash = await passwordOf(db, operator);
  if (hash === null || !(await isOperatorPassword(hash, present)))
    throw new PasswordRefused("wrong");
}

const noFactor = () => new Conflict("there is no second factor yet");

async function passwordOf(db: Db, { id }: Person): Promise<string | null> {
  return (await findPassword(db, { id }))?.hash ?? null;
}

/** From now on this session stands on two factors, and those before it have ended. */
async function countsNow(
  tx: Db,
  { caller, operator }: { caller: Caller; operator: Person },
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
