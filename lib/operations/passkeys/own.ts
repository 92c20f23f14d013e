import { type AskedForNew, createPasskeys } from "#lib/auth/passkeys/passkeys.ts";
import { relyingPartyOf } from "#lib/auth/passkeys/relying-party.ts";
import { type Db, transaction } from "#lib/db/client.ts";
import { findPassword } from "#lib/db/sign-in/links.ts";
import {
  deletePasskey,
  hasPasskey,
  insertPasskey,
  type PasskeyRow,
  passkeysOf,
  renamePasskey as renameStored,
} from "#lib/db/sign-in/passkeys.ts";
import { markSecondFactor } from "#lib/db/sign-in/sessions.ts";
import { createPasskeyStore } from "#lib/db/sign-in/store.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict, NotFound } from "../errors.ts";
import { permit, permitProven } from "../permit.ts";
import { personIn, type Person, requireOwnFactor } from "../second-factor/person.ts";
import { validated } from "../validated.ts";
import { NewPasskeyInput, type OwnPasskeys, PasskeyId, PasskeyName } from "./schema.ts";

/** More than anybody has devices. */
const MOST = 20;

export async function listOwnPasskeys(asker: Asker): Promise<OwnPasskeys> {
  const caller = await permit(asker, "read", "own");
  const { id } = personIn(caller);
  const items = (await passkeysOf(caller.db, id)).map(viewOf);
  if (!passkeysFor(caller).isOffered) return { items, blocked: "address" };
  return { items, blocked: (await hasPassword(caller.db, id)) ? null : "no_password" };
}

/** Whether the sign-in page offers passkeys: somebody has one, and this address knows them. */
export async function offersPasskeys(
  db: Db,
  { publicUrl }: { publicUrl: string },
): Promise<boolean> {
  return relyingPartyOf(publicUrl) !== null && hasPasskey(db);
}

/**
 * What the browser asks a device to make a passkey of.
 *
 * @throws ProofNeeded  the last proof is too old, or one of two factors is asked
 * @throws Conflict     there is no password that it could stand beside, or there are too many
 */
export async function beginPasskey(asker: Asker): Promise<AskedForNew> {
  const { caller, person, sessionId } = await addingCaller(asker);
  return passkeysFor(caller).askForNew(person, sessionId);
}

/**
 * Keeps what the device made. The session stands on two factors from then on: the device has asked
 * who it is, beside the proof.
 *
 * @throws ProofNeeded
 * @throws PasskeyRefused
 * @throws Conflict  somebody has this passkey already
 */
export async function addPasskey(asker: Asker, input: NewPasskeyInput): Promise<void> {
  const { name, ...answer } = validated(NewPasskeyInput, input);
  const { caller, person, sessionId } = await addingCaller(asker);
  const made = await passkeysFor(caller).takeNew({ operatorId: person.id, sessionId }, answer);
  await transaction(caller.db, async (tx) => {
    const isNew = await insertPasskey(tx, { ...made, operatorId: person.id, name });
    if (!isNew) throw new Conflict("this passkey is known already");
    await markSecondFactor(tx, sessionId);
    await auditPasskey(tx, caller, "passkey.add", { name });
  });
}

/** @throws NotFound */
export async function renamePasskey(asker: Asker, input: PasskeyName): Promise<void> {
  const { passkeyId: id, name } = validated(PasskeyName, input);
  const caller = await permit(asker, "read", "own");
  const { id: userId } = personIn(caller);
  await transaction(caller.db, async (tx) => {
    const before = await required(tx, { id, userId });
    await renameStored(tx, { id, userId, name });
    const changes = changesBetween({ name: before.name }, { name });
    await auditPasskey(tx, caller, "passkey.rename", { changes });
  });
}

/**
 * It opens nothing any more.
 *
 * @throws ProofNeeded
 * @throws NotFound
 */
export async function removePasskey(asker: Asker, input: PasskeyId): Promise<void> {
  const { passkeyId: id } = validated(PasskeyId, input);
  const caller = await permitProven(asker, "read", "own");
  const { id: userId } = personIn(caller);
  await requireOwnFactor(caller);
  await transaction(caller.db, async (tx) => {
    const { name } = await required(tx, { id, userId });
    await deletePasskey(tx, { id, userId });
    await auditPasskey(tx, caller, "passkey.remove", { name });
  });
}

async function addingCaller(
  asker: Asker,
): Promise<{ caller: Caller; person: Person; sessionId: string }> {
  const caller = await permitProven(asker, "read", "own");
  const person = personIn(caller);
  const sessionId = person.session?.id;
  if (!sessionId) throw new Conflict("a passkey is added by who is signed in");
  await requireOwnFactor(caller);
  if (!(await hasPassword(caller.db, person.id))) throw new Conflict("you have no password here");
  if ((await passkeysOf(caller.db, person.id)).length >= MOST)
    throw new Conflict(`nobody has more than ${MOST} passkeys: remove one first`);
  return { caller, person, sessionId };
}

/** Who has none comes by the provider, who may shut them out: a passkey would get past it. */
async function hasPassword(db: Db, id: string): Promise<boolean> {
  return Boolean((await findPassword(db, { id }))?.hash);
}

function passkeysFor({ db, engine, settings }: Caller) {
  const { publicUrl } = settings;
  return createPasskeys({ publicUrl, sealer: engine.sealer, store: createPasskeyStore(db) });
}

async function required(tx: Db, { id, userId }: { id: string; userId: string }) {
  const found = (await passkeysOf(tx, userId)).find((passkey) => passkey.id === id);
  if (!found) throw new NotFound("passkey", id);
  return found;
}

function viewOf({ id, name, createdAt, lastUsedAt }: PasskeyRow) {
  const times = { createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() };
  return { id, name, createdAt: times.createdAt, lastUsedAt: times.lastUsedAt ?? null };
}

async function auditPasskey(
  tx: Db,
  caller: Caller,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const { id, email } = personIn(caller);
  const entry = { action, object: "operator", objectId: id };
  await audit(tx, caller, { ...entry, detail: { email, ...detail } });
}
