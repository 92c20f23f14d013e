import type { JWK } from "jose";
import type { Db } from "#lib/db/client.ts";
import { recordJwksFetch } from "#lib/db/keys/jwks-fetches.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import { publicJwks } from "#lib/lti/index.ts";

/** The key set that platforms check our client assertions with; anyone may read it. */
async function publicKeySet(db: Db): Promise<{ keys: JWK[] }> {
  return publicJwks((await publishedJwks(db)) as JWK[]);
}

/** Who asked, as far as it is known; behind a proxy that is what the proxy says. */
export type KeySetReader = { address: string; userAgent: string };

/** The key set, with a note of who read it: the first thing to know when tokens are refused. */
export async function readKeySet(db: Db, reader: KeySetReader, now: Date) {
  const keySet = await publicKeySet(db);
  const kids = keySet.keys.flatMap(({ kid }) => kid ?? []);
  await recordJwksFetch(db, { ...reader, kids }, now);
  return keySet;
}
