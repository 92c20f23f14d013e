import { ResponseMalformed } from "#lib/lti/errors.ts";
import { isJsonObject, textOf } from "#lib/lti/values/json-body.ts";

/** One key of a published key set, as far as a test looks at it. */
export type PublishedKey = { kid?: string; kty?: string; isPrivate: boolean; modulus?: string };

/**
 * Reads a JSON Web Key Set.
 *
 * @throws ResponseMalformed  there is no list of keys
 * @see RFC 7517 §5
 */
export function parseKeySet(value: unknown, url: string): PublishedKey[] {
  const keys = isJsonObject(value) ? value["keys"] : undefined;
  if (!Array.isArray(keys)) throw new ResponseMalformed("keys", "is not a list", { url });
  return keys.filter(isJsonObject).map((key) => ({
    kid: textOf(key["kid"]),
    kty: textOf(key["kty"]),
    isPrivate: "d" in key,
    modulus: textOf(key["n"]),
  }));
}

/** Key IDs for a list of facts. */
export function kidsOf(keys: readonly PublishedKey[]): string {
  return keys.map(({ kid, kty }) => `${kid ?? "(no key ID)"} (${kty ?? "?"})`).join("\n");
}
