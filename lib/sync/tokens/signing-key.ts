import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { Db } from "#lib/db/client.ts";
import { insertFirstSigningKey, type NewSigningKey } from "#lib/db/keys/signing-keys.ts";
import { generateSigningKey } from "#lib/lti/index.ts";
import { SIGNING_KEY_PURPOSE } from "./connect.ts";

/** Makes the installation's first key pair; its private half is sealed before it is stored. */
export async function ensureSigningKey(db: Db, sealer: Sealer): Promise<void> {
  await insertFirstSigningKey(db, () => makeSigningKey(sealer));
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
