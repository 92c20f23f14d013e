import { createPublicKey } from "node:crypto";
import type { JWK } from "jose";
import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/keys/imported-keys.ts";
import { activeSigningKey, publishedJwks } from "#lib/db/keys/signing-keys.ts";
import type { RegistrationRow } from "#lib/db/registrations/registration-row.ts";
import {
  findRegistration,
  lockRegistration,
  setSignsWith,
} from "#lib/db/registrations/registrations.ts";
import { evictTokensOf } from "#lib/db/tokens/access-tokens.ts";
import { hasCode } from "#lib/errors.ts";
import {
  publicJwks,
  readPrivateKey,
  type ReadKey,
  type SigningKeyInvalid,
} from "#lib/lti/index.ts";
import { audit } from "../audit/trail.ts";
import { byId } from "../by-id.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict, InvalidInput } from "../errors.ts";
import { permit, permitProven } from "../permit.ts";
import { validated } from "../validated.ts";
import {
  ImportedKeyInput,
  type ImportedKeyView,
  type RegistrationKeys,
} from "./imported-schema.ts";

type OfRegistration = { registrationId: string };
type OfKey = OfRegistration & { keyId: string };

/** Whose key signs for a registration, and which key set the LMS reads. */
export async function getRegistrationKeys(
  asker: Asker,
  { registrationId }: OfRegistration,
): Promise<RegistrationKeys> {
  const caller = await permit(asker, "read", { registrationId });
  const { db } = caller;
  const registration = await required(db, registrationId);
  const { signsWith, toolJwksUrl, id } = registration;
  const keys = await stored.listImportedKeys(db, id);
  const signing = signingOf(keys);
  const ownKeySetUrl = `${caller.settings.publicUrl}/lti/jwks`;
  const own = signsWith === "imported_key" ? undefined : await activeSigningKey(db);
  return {
    registrationId: id,
    signsWith,
    keySetUrl: signsWith === "own_key_set" ? ownKeySetUrl : toolJwksUrl,
    ownKeySetUrl,
    ownKeys: publicJwks((await publishedJwks(db)) as JWK[]).keys.map(publicKey),
    kid: (signsWith === "imported_key" ? signing?.kid : own?.kid) ?? null,
    imported: keys.map((key) => viewOf(key, signing)),
  };
}

/**
 * Keeps the private key of a tool, sealed; it signs for this registration alone, and is not in our
 * key set. With `signsNow` the registration signs with it from now on.
 *
 * @throws InvalidInput  not a private RSA key, too weak, locked, or without a key ID
 * @throws Conflict      the registration has a key with this key ID
 */
export async function importKey(
  asker: Asker,
  { registrationId, ...input }: OfRegistration & ImportedKeyInput,
): Promise<RegistrationKeys> {
  const caller = await permitProven(asker, "registrations:write", { registrationId });
  const { signsNow, ...given } = validated(ImportedKeyInput, input);
  await required(caller.db, registrationId);
  const read = readGiven(given);
  return changing(caller, registrationId, async (tx, { id }) => {
    const known = (await stored.listImportedKeys(tx, id)).find(({ kid }) => kid === read.kid);
    if (known) {
      const reason = `this registration has a key ${read.kid} already; delete it first`;
      throw new Conflict(reason, { kid: [reason] }, known.id);
    }
    const purpose = stored.importedKeyPurpose(id);
    const sealedPrivateJwk = caller.engine.sealer.seal(JSON.stringify(read.privateJwk), purpose);
    const publicJwk = { ...read.publicJwk };
    const key = await stored.insertImportedKey(
      tx,
      { kid: read.kid, publicJwk, sealedPrivateJwk },
      {
        registrationId: id,
        importedBy: actorName(caller.actor),
        activatedAt: signsNow ? caller.now() : null,
      },
    );
    if (signsNow) await signWithImported(tx, id);
    return { action: "registration.import_key", key, detail: { signsNow, bits: read.bits } };
  });
}

/** Signs with an imported key from now on, in place of the present one. */
export async function useImportedKey(
  asker: Asker,
  { registrationId, keyId }: OfKey,
): Promise<RegistrationKeys> {
  const caller = await permitProven(asker, "registrations:write", { registrationId });
  return changing(caller, registrationId, async (tx, { id }) => {
    const key = await requiredKey(tx, id, keyId);
    await stored.activateImportedKey(tx, key.id, caller.now());
    await signWithImported(tx, id);
    return { action: "registration.use_key", key };
  });
}

/** Deletes an imported key for good. @throws Conflict  it signs */
export async function deleteImportedKey(
  asker: Asker,
  { registrationId, keyId }: OfKey,
): Promise<RegistrationKeys> {
  const caller = await permitProven(asker, "registrations:write", { registrationId });
  return changing(caller, registrationId, async (tx, { id, signsWith }) => {
    const key = await requiredKey(tx, id, keyId);
    const signing = signingOf(await stored.listImportedKeys(tx, id));
    if (signsWith === "imported_key" && signing?.id === key.id) {
      throw new Conflict("this key signs: let another take over, or sign with Rollbook's own key");
    }
    await stored.deleteImportedKey(tx, key.id);
    return { action: "registration.delete_key", key };
  });
}

type Change = {
  action: string;
  key: stored.ImportedKey;
  detail?: Record<string, string | number | boolean>;
};

async function changing(
  caller: Caller,
  registrationId: string,
  change: (tx: Db, registration: RegistrationRow) => Promise<Change>,
): Promise<RegistrationKeys> {
  await transaction(caller.db, async (tx) => {
    const { id } = await required(tx, registrationId);
    await lockRegistration(tx, id);
    const { action, key, detail } = await change(tx, await required(tx, id));
    const about = { kid: key.kid, ...detail };
    await audit(tx, caller, { action, object: "registration", objectId: id, detail: about });
    await notify(tx, { registrationId: id });
  });
  return getRegistrationKeys(caller, { registrationId });
}

/** Tokens that another key got are dropped, so that it shows at once whether this one is accepted. */
async function signWithImported(tx: Db, registrationId: string): Promise<void> {
  await setSignsWith(tx, registrationId, "imported_key");
  await evictTokensOf(tx, registrationId, "the registration signs with another key");
}

function readGiven({ key, ...about }: { key: string; kid?: string; passphrase?: string }): ReadKey {
  try {
    return readPrivateKey({ text: key, ...about });
  } catch (error) {
    if (!hasCode<SigningKeyInvalid>(error, "lti.signing_key_invalid")) throw error;
    const { reason } = error;
    const field = reason.includes("passphrase")
      ? "passphrase"
      : reason.includes("key ID")
        ? "kid"
        : "key";
    throw new InvalidInput({ [field]: [`the key ${reason}`] });
  }
}

function signingOf(keys: readonly stored.ImportedKey[]): stored.ImportedKey | undefined {
  const time = ({ activatedAt, createdAt }: stored.ImportedKey) =>
    [activatedAt!.getTime(), createdAt.getTime()] as const;
  return keys
    .filter(({ activatedAt }) => activatedAt !== null)
    .sort((one, other) => time(other)[0] - time(one)[0] || time(other)[1] - time(one)[1])[0];
}

function viewOf(key: stored.ImportedKey, signing: stored.ImportedKey | undefined): ImportedKeyView {
  const jwk = key.publicJwk as JWK;
  const used = key.activatedAt === null ? "next" : "previous";
  return {
    id: key.id,
    kid: key.kid,
    state: key.id === signing?.id ? "signing" : used,
    bits: bitsOf(jwk),
    publicJwk: publicKey({ ...jwk, kid: key.kid }),
    importedBy: key.importedBy,
    createdAt: key.createdAt.toISOString(),
    activatedAt: key.activatedAt?.toISOString() ?? null,
  };
}

function publicKey({ kty = "", n = "", e = "", kid = "" }: JWK) {
  return { kty, n, e, kid, alg: "RS256", use: "sig" };
}

/** Of the modulus. */
function bitsOf(jwk: JWK): number {
  const key = createPublicKey({ key: { ...jwk }, format: "jwk" });
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

async function requiredKey(tx: Db, registrationId: string, keyId: string) {
  return byId("imported key", keyId, async (id) =>
    (await stored.listImportedKeys(tx, registrationId)).find((key) => key.id === id),
  );
}

async function required(tx: Db, registrationId: string): Promise<RegistrationRow> {
  return byId("registration", registrationId, (id) => findRegistration(tx, id));
}
