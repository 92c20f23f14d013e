import type { JWK } from "jose";
import type { Db } from "#lib/db/client.ts";
import { publishedJwks } from "#lib/db/signing-keys.ts";
import { publicJwks } from "#lib/lti/index.ts";

/** The key set that platforms check our client assertions with; anyone may read it. */
export async function publicKeySet(db: Db): Promise<{ keys: JWK[] }> {
  return publicJwks((await publishedJwks(db)) as JWK[]);
}
