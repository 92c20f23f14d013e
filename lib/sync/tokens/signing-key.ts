import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { Db } from "#lib/db/client.ts";
import {
  activeSigningKey,
  insertFirstSigningKey,
  type NewSigningKey,
} from "#lib/db/keys/signing-keys.ts";
import { isCodedError } from "#lib/errors.ts";
import { generateSigningKey } from "#lib/lti/index.ts";
import { SIGNING_KEY_PURPOSE } from "./connect.ts";

/** Makes the installation's first key pair; its private half is sealed before it is stored. */
export async function ensureSigningKey(db: Db, sealer: Sealer): Promise<void> {
  await insertFirstSigningKey(db, () => makeSigningKey(sealer));
}

/** Whether the present secret opens the key in use; with another secret every run fails. */
export async function canOpenSigningKey(db: Db, sealer: Sealer): Promise<boolean> {
  const stored = await activeSigningKey(db);
  if (!stored) return true;
  try {
    sealer.unseal(stored.sealedPrivateJwk, SIGNING_KEY_PURPOSE);
    return true;
  } catch (error) {
    if (isCodedError(error) && error.code === "auth.seal_broken") return false;
    throw error;
  }
}

/** A new key pair, its private half sealed; it is not stored yet. */
export async function makeSigningKey(sealer: Sealer): Promise<NewSigningKey> {
  const { kid, publicJwk, privateJwk } = await generateSigningKey();
  return {
    kid,
    publicJwk: { ...publicJwk },
    sealedPrivateJwk: sealer.seal(JSON.stringify(privateJwk), SIGNING_KEY_PURPOSE),
  };
}
