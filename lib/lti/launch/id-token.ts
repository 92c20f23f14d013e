import { compactVerify, decodeProtectedHeader, errors } from "jose";
import { isJsonObject, type JsonObject } from "../values/json-body.ts";
import { LaunchRefused } from "./launch-refused.ts";
import type { PlatformKeys } from "./platform-keys.ts";

/** The registration that a token must be meant for. */
export type TokenExpectation = { issuer: string; clientId: string; jwksUrl: string };

export type TokenRules = {
  keys: PlatformKeys;
  now: Date;
  /** Seconds by which clocks may differ: 5 to 60; 30. */
  skewS?: number;
  /**
   * For a message that somebody else received and reports afterwards: it may be so old, and its
   * expiry, which is meant for who receives it, does not count. Seconds.
   */
  reportedWithinS?: number;
};

const LONGEST_TOKEN = 60_000;
const DEFAULT_SKEW_S = 30;
const OLDEST_TOKEN_S = 3_600;

/**
 * Verifies a platform's signed message and returns its claims; the nonce is the caller's to check.
 *
 * @throws LaunchRefused  names the check that failed
 * @throws LtiError       the platform's key set cannot be read
 * @see Security Framework 1.0 §5.1.3
 */
export async function verifyPlatformToken(
  jwt: string,
  expected: TokenExpectation,
  rules: TokenRules,
): Promise<JsonObject> {
  const kid = keyIdOf(jwt);
  const claims = await verifiedClaims(jwt, await rules.keys.keyFor(expected.jwksUrl, kid));
  checkIssuer(claims["iss"], expected.issuer);
  checkAudience(claims, expected.clientId);
  checkTimes(claims, rules);
  return claims;
}

/** What an unverified token says of its issuer and audience, to find whom it is meant for. */
export function peekRecipients(jwt: string): { issuer: string; clientIds: string[] } {
  keyIdOf(jwt);
  const claims = parseClaims(Buffer.from(jwt.split(".")[1] ?? "", "base64url"));
  const { iss, aud, azp } = claims;
  if (typeof iss !== "string" || iss === "") {
    throw new LaunchRefused("issuer", "the token names no issuer");
  }
  const audiences = typeof azp === "string" ? [azp] : [aud].flat();
  return { issuer: iss, clientIds: audiences.filter((each) => typeof each === "string") };
}

function keyIdOf(jwt: string): string {
  if (jwt.length > LONGEST_TOKEN) {
    throw new LaunchRefused(
      "id_token_size",
      `the token is longer than ${LONGEST_TOKEN} characters`,
    );
  }
  const { alg, kid } = headerOf(jwt);
  if (alg !== "RS256") throw new LaunchRefused("alg", "the token is not signed with RS256");
  if (typeof kid !== "string" || kid === "" || kid.length > 500) {
    throw new LaunchRefused("kid", "the token names no kid");
  }
  return kid;
}

function headerOf(jwt: string): { alg?: unknown; kid?: unknown } {
  try {
    return decodeProtectedHeader(jwt);
  } catch (cause) {
    throw new LaunchRefused("id_token_malformed", "the token is not a JWT", { cause });
  }
}

async function verifiedClaims(jwt: string, key: CryptoKey): Promise<JsonObject> {
  try {
    const { payload } = await compactVerify(jwt, key, { algorithms: ["RS256"] });
    return parseClaims(payload);
  } catch (cause) {
    if (cause instanceof LaunchRefused) throw cause;
    const isMalformed =
      cause instanceof errors.JWSInvalid || cause instanceof errors.JOSENotSupported;
    if (isMalformed) throw new LaunchRefused("id_token_malformed", "the token is not a signed JWT");
    throw new LaunchRefused("signature", "the token's signature is not the platform's", { cause });
  }
}

function parseClaims(payload: Uint8Array): JsonObject {
  try {
    const claims: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
    if (isJsonObject(claims)) return claims;
  } catch {
    // Said below, for both.
  }
  throw new LaunchRefused("id_token_malformed", "the token's claims are not a JSON object");
}

function checkIssuer(iss: unknown, issuer: string): void {
  if (iss === issuer) return;
  const bare = (text: string) => (text.endsWith("/") ? text.slice(0, -1) : text);
  const differsBySlash = typeof iss === "string" && bare(iss) === bare(issuer);
  throw new LaunchRefused(
    "issuer",
    differsBySlash
      ? `the issuer is “${iss}” and the registration says “${issuer}”: the slash at the end counts`
      : "the token is from another issuer",
  );
}

function checkAudience({ aud, azp }: JsonObject, clientId: string): void {
  const audiences = [aud].flat();
  if (audiences.some((each) => typeof each !== "string") || !audiences.includes(clientId)) {
    throw new LaunchRefused("audience", "the token is not meant for this client ID");
  }
  if (azp !== undefined && azp !== clientId) {
    throw new LaunchRefused("azp", "the token was issued to another party");
  }
  if (audiences.length > 1 && azp === undefined) {
    throw new LaunchRefused("azp", "the token has several audiences and names no azp");
  }
}

function checkTimes({ exp, iat, nbf }: JsonObject, rules: TokenRules) {
  const { now, skewS = DEFAULT_SKEW_S, reportedWithinS } = rules;
  if (!(skewS >= 5 && skewS <= 60)) throw new RangeError("the clock skew must be 5 to 60 seconds");
  const nowS = now.getTime() / 1_000;
  if (typeof exp !== "number" || !Number.isFinite(exp)) {
    throw new LaunchRefused("exp", "the token names no time of expiry");
  }
  if (reportedWithinS === undefined && exp <= nowS - skewS)
    throw new LaunchRefused("exp", "the token has expired");
  if (typeof iat !== "number" || !Number.isFinite(iat)) {
    throw new LaunchRefused("iat", "the token does not say when it was issued");
  }
  if (iat > nowS + skewS) throw new LaunchRefused("iat", "the token was issued in the future");
  const oldestS = reportedWithinS ?? OLDEST_TOKEN_S;
  if (iat < nowS - oldestS) {
    const age = oldestS === OLDEST_TOKEN_S ? "an hour" : `${oldestS} seconds`;
    throw new LaunchRefused("iat", `the token is over ${age} old`);
  }
  if (nbf !== undefined && !(typeof nbf === "number" && nbf <= nowS + skewS)) {
    throw new LaunchRefused("nbf", "the token is not valid yet");
  }
}
