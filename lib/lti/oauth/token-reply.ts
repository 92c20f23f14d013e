import { TokenRefused, TokenReplyMalformed, type ReplyFacts } from "../errors.ts";
import { isJsonObject, parseJson, type JsonObject } from "../values/json-body.ts";
import { redact } from "../http/redact.ts";
import { uniqueScopes } from "../scopes.ts";
import { createAccessToken, type AccessToken } from "./access-token.ts";
import { plainText } from "../values/plain-text.ts";

const DEFAULT_LIFETIME_S = 3_600;
const LONGEST_LIFETIME_S = 10 * 365 * 86_400;

/**
 * Reads a successful token reply: tolerant where platforms differ, strict where it matters.
 *
 * `scope` absent means as asked (RFC 6749 §5.1), `expires_in` absent means 3,600 s.
 *
 * @throws TokenRefused         an error in the clothes of a success
 * @throws TokenReplyMalformed  no token, another token type, or a lifetime that cannot be
 * @see Security Framework 1.0 §4.1.1
 */
export function parseTokenReply(
  body: string,
  request: { scopes: readonly string[]; sentAt: Date },
  facts: ReplyFacts = {},
): AccessToken {
  const reply = parseObject(body, facts);
  const token = reply["access_token"];
  if (token === undefined && typeof reply["error"] === "string") {
    const { error, description } = parseOAuthError(body);
    throw new TokenRefused({
      ...facts,
      error: error && redact(error),
      description: description && redact(description),
    });
  }
  // Anything else could not be sent in a header.
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    throw new TokenReplyMalformed("access_token", "is not a token", facts);
  }
  checkTokenType(reply, facts);
  const lifetimeS = parseLifetime(reply["expires_in"], facts);
  return createAccessToken({
    token,
    requestedScopes: request.scopes,
    grantedScopes: parseGranted(reply["scope"], request.scopes, facts),
    obtainedAt: request.sentAt,
    expiresAt: new Date(request.sentAt.getTime() + lifetimeS * 1_000),
  });
}

function parseObject(body: string, facts: ReplyFacts): JsonObject {
  const parsed = parseJson(body);
  if (parsed === undefined) throw new TokenReplyMalformed("body", "is not JSON", facts);
  if (isJsonObject(parsed)) return parsed;
  throw new TokenReplyMalformed("body", "is not a JSON object", facts);
}

// The example in Security Framework 1.0 §4.1 misspells the member, so its absence is no reason
// to refuse; a stated type other than Bearer is.
function checkTokenType(reply: JsonObject, facts: ReplyFacts): void {
  const type = reply["token_type"];
  if (type === undefined || type === null) return;
  if (typeof type !== "string" || type.trim().toLowerCase() !== "bearer") {
    throw new TokenReplyMalformed("token_type", "is not Bearer", facts);
  }
}

function parseLifetime(value: unknown, facts: ReplyFacts): number {
  if (value === undefined || value === null) return DEFAULT_LIFETIME_S;
  const isNumeric =
    typeof value === "number" || (typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value));
  const seconds = isNumeric ? Number(value) : Number.NaN;
  if (!(seconds > 0 && seconds <= LONGEST_LIFETIME_S)) {
    throw new TokenReplyMalformed("expires_in", "is not a usable number of seconds", facts);
  }
  return seconds;
}

function parseGranted(value: unknown, asked: readonly string[], facts: ReplyFacts): string[] {
  if (value === undefined || value === null) return uniqueScopes(asked);
  const words = Array.isArray(value) ? value : [value];
  if (words.some((word) => typeof word !== "string")) {
    throw new TokenReplyMalformed("scope", "is neither text nor a list of text", facts);
  }
  return uniqueScopes(words.flatMap((word: string) => word.split(/\s+/)).filter(Boolean));
}

/** A token endpoint's refusal, in its own words. */
export type OAuthError = { error?: string; description?: string };

const LONGEST_ERROR = 200;
const LONGEST_DESCRIPTION = 2_000;

/**
 * Reads the error members of a token endpoint's reply; anything else reads as no words at all.
 *
 * Long words are cut, because they go into errors, logs and onto screens.
 *
 * @see RFC 6749 §5.2
 * @see Security Framework 1.0 §4.1
 */
export function parseOAuthError(body: string): OAuthError {
  const parsed = parseJson(body);
  if (!isJsonObject(parsed)) return {};
  const { error, error_description: description } = parsed;
  return {
    ...(typeof error === "string" && { error: plainText(error, LONGEST_ERROR) }),
    ...(typeof description === "string" && {
      description: plainText(description, LONGEST_DESCRIPTION),
    }),
  };
}
