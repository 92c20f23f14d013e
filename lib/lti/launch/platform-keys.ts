import { importJWK, type CryptoKey, type JWK } from "jose";
import { isJsonObject } from "../values/json-body.ts";
import { presentOf, type LtiOptions } from "../options.ts";
import { fetchPublicDocument } from "../http/public-json.ts";
import { LaunchRefused } from "./launch-refused.ts";

/** The public keys of platforms, kept as long as each platform says. */
export type PlatformKeys = {
  /**
   * The key that a platform signs with under `kid`.
   *
   * A kid that is not there makes the key set be read once more: the platform may have rotated.
   *
   * @throws LaunchRefused  no such key, or one that is not for RS256
   * @throws LtiError       the key set cannot be read
   */
  keyFor(jwksUrl: string, kid: string): Promise<CryptoKey>;
};

type KeySet = { keys: JWK[]; fetchedAtMs: number; freshUntilMs: number };

const DEFAULT_FRESH_S = 300;
const LEAST_FRESH_S = 10;
const MOST_FRESH_S = 86_400;
/** Unknown kids must not make us ask a platform again and again. */
const REFETCH_PAUSE_MS = 5_000;
const MOST_KEY_SETS = 1_000;
const MOST_JWKS_BYTES = 500_000;

export function createPlatformKeys(
  options: LtiOptions,
  { allowHttp = false }: { allowHttp?: boolean } = {},
): PlatformKeys {
  const sets = new Map<string, KeySet>();
  const flights = new Map<string, Promise<KeySet>>();
  const nowMs = () => presentOf(options).getTime();

  async function fetchSet(jwksUrl: string): Promise<KeySet> {
    const limits = { ...options, maxResponseBytes: MOST_JWKS_BYTES };
    const { document, headers } = await fetchPublicDocument(jwksUrl, limits, { allowHttp });
    const fetchedAtMs = nowMs();
    const freshUntilMs = fetchedAtMs + freshSeconds(headers.get("cache-control")) * 1_000;
    const set = { keys: keysOf(document), fetchedAtMs, freshUntilMs };
    sets.delete(jwksUrl);
    sets.set(jwksUrl, set);
    const [oldest] = sets.keys();
    if (sets.size > MOST_KEY_SETS && oldest !== undefined) sets.delete(oldest);
    return set;
  }

  /** Launches that arrive at once read the key set together. */
  function read(jwksUrl: string): Promise<KeySet> {
    const flight = flights.get(jwksUrl) ?? fetchSet(jwksUrl).finally(() => flights.delete(jwksUrl));
    flights.set(jwksUrl, flight);
    return flight;
  }

  return {
    async keyFor(jwksUrl, kid) {
      const cached = sets.get(jwksUrl);
      const isFresh = cached !== undefined && cached.freshUntilMs > nowMs();
      const set = isFresh ? cached : await read(jwksUrl);
      const found = set.keys.find((key) => key.kid === kid);
      if (found) return importKey(found);
      const mayRefetch = isFresh && nowMs() - set.fetchedAtMs >= REFETCH_PAUSE_MS;
      const again = mayRefetch && (await read(jwksUrl)).keys.find((key) => key.kid === kid);
      if (again) return importKey(again);
      throw new LaunchRefused("kid", "the platform publishes no key under the token's kid");
    },
  };
}

function keysOf(document: unknown): JWK[] {
  const keys = isJsonObject(document) ? document["keys"] : undefined;
  if (!Array.isArray(keys)) throw new LaunchRefused("key", "the platform's key set holds no keys");
  return keys.filter(isJsonObject) as JWK[];
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const isForSignatures = jwk.use === undefined || jwk.use === "sig";
  const isRs256 = jwk.kty === "RSA" && (jwk.alg === undefined || jwk.alg === "RS256");
  if (!isRs256 || !isForSignatures) {
    throw new LaunchRefused("key", "the platform's key under this kid is not for RS256");
  }
  const { kty, n, e } = jwk;
  const key = await importJWK({ kty, n, e }, "RS256").catch((cause: unknown) => {
    throw new LaunchRefused("key", "the platform's key cannot be read", { cause });
  });
  if (key instanceof Uint8Array) throw new LaunchRefused("key", "the platform's key is not public");
  return key;
}

/** RFC 9111: `no-store` and `max-age=0` still spare the platform a request per launch. */
function freshSeconds(cacheControl: string | null): number {
  const maxAge = /max-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl ?? "")?.[1];
  const isUnkept = /no-store|no-cache/i.test(cacheControl ?? "");
  const seconds = isUnkept
    ? LEAST_FRESH_S
    : maxAge === undefined
      ? DEFAULT_FRESH_S
      : Number(maxAge);
  return Math.min(Math.max(seconds, LEAST_FRESH_S), MOST_FRESH_S);
}
