import { plainText } from "../values/plain-text.ts";

const EXCERPT_CHARACTERS = 2_000;
const REDACTED = "[redacted]";

// A JWT, or the start of one: three base64url parts, the first opening with `{"`.
const JWT = /eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;
const BEARER = /\b(bearer)\s+[\w.~+/=-]{8,}/gi;
// Any member that speaks of a token, because a reply that misspells it still holds one; also in
// JSON that was written into JSON as text.
const SECRET_MEMBER =
  /("(?!token_type\\?")[\w-]*(?:token|assertion)[\w-]*\\?"\s*:\s*\[?\s*\\?")(?:[^"\\]|\\.)*/gi;
const SECRET_PARAMETER = /\b((?:access_token|client_assertion|refresh_token|id_token)=)[^&\s"]+/gi;

/**
 * Removes secrets from text that is going into an error, a log or onto a screen.
 *
 * Known values are removed wherever they stand; what merely looks like a token is removed too,
 * because a platform may echo one that this process never saw.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== "") clean = clean.replaceAll(secret, REDACTED);
  }
  return clean
    .replace(SECRET_MEMBER, `$1${REDACTED}`)
    .replace(SECRET_PARAMETER, `$1${REDACTED}`)
    .replace(JWT, REDACTED)
    .replace(BEARER, `$1 ${REDACTED}`);
}

/** The start of a body, at most 2,000 characters, without secrets. */
export function excerptOf(text: string, secrets: readonly string[] = []): string {
  // Redact a little more than is shown, so that a secret cut at the edge is still recognised.
  return plainText(redact(text.slice(0, EXCERPT_CHARACTERS * 4), secrets), EXCERPT_CHARACTERS);
}
