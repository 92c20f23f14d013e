import { compactVerify } from "jose";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, Refused, sitePage } from "#tests/support/platform/http/reply.ts";
import {
  issuerOf,
  tokenEndpointOf,
  type PlatformRegistration,
  type PlatformState,
} from "#tests/support/platform/state.ts";
import { ToolKeysUnreachable } from "./tool-keys.ts";

const MAX_AGE_SEC = 300;

/** Verifies a client assertion as Security Framework §4.1.1 asks, without leeway; answers whose it is. */
export async function verifyAssertion(
  state: PlatformState,
  exchange: Exchange,
): Promise<PlatformRegistration> {
  const { assertion, form, facts } = exchange;
  if (!assertion || !form) throw invalidClient("client_assertion is not a JWT");
  const { header, claims } = assertion;
  const registration = state.registrations.get(String(claims["iss"]));
  if (!registration) throw invalidClient("unknown client");
  if (claims["sub"] !== claims["iss"]) throw invalidClient("sub must be the client ID");
  checkHeader(state, exchange, header);
  await checkSignature(state, exchange, registration, String(header["kid"]));
  checkAudience(state, exchange, registration);
  checkTimes(claims, Date.now() / 1000 + exchange.skewSec);
  takeOnce(state, registration.clientId, claims["jti"]);
  facts.clientId = registration.clientId;
  return registration;
}

export function invalidClient(description: string): Refused {
  return refuse(400, "invalid_client", description);
}

function checkHeader(
  state: PlatformState,
  { facts }: Exchange,
  header: Record<string, unknown>,
): void {
  if (header["alg"] !== "RS256") throw invalidClient("the assertion must be signed with RS256");
  if (typeof header["kid"] !== "string") throw invalidClient("the assertion names no kid");
  const typ = state.faults.take("require_assertion_typ", facts)?.typ;
  if (typ !== undefined && header["typ"] !== typ) throw invalidClient(`typ must be ${typ}`);
}

async function checkSignature(
  state: PlatformState,
  { form, facts }: Exchange,
  { jwksUrl }: PlatformRegistration,
  kid: string,
): Promise<void> {
  const refetch = state.faults.take("refetch_tool_jwks", facts) !== undefined;
  try {
    const keySet = await state.toolKeys.forKey(jwksUrl, kid, { refetch });
    const jwt = form?.get("client_assertion") ?? "";
    await compactVerify(jwt, keySet, { algorithms: ["RS256"] });
  } catch (error) {
    if (error instanceof ToolKeysUnreachable) {
      if (state.faults.take("unreachable_keys_as", facts))
        throw new Refused(sitePage(404, "Error", "Sorry, the requested file could not be found"));
      throw invalidClient("the tool's JWKS could not be read");
    }
    throw invalidClient("JWS signature invalid");
  }
}

function checkAudience(
  state: PlatformState,
  { assertion, facts }: Exchange,
  registration: PlatformRegistration,
): void {
  const aud = assertion?.claims["aud"];
  if (Array.isArray(aud) && aud.length > 1 && state.faults.take("audience_array_breaks", facts)) {
    throw refuse(500, "server_error", "An unexpected error occurred");
  }
  const named = state.faults.take("require_audience", facts)?.audiences ?? registration.audiences;
  const accepted = named.map((name) => audience(state, name));
  if (![aud].flat().some((value) => accepted.includes(String(value)))) {
    throw invalidClient("aud is not this authorization server");
  }
}

function audience(state: PlatformState, name: string): string {
  if (name === "token_endpoint") return tokenEndpointOf(state);
  return name === "issuer" ? issuerOf(state) : name;
}

function checkTimes({ iat, exp, nbf }: Record<string, unknown>, now: number): void {
  if (typeof iat !== "number" || typeof exp !== "number") {
    throw invalidClient("iat and exp must be numbers");
  }
  if (iat > now) throw invalidClient("iat is in the future");
  if (iat < now - MAX_AGE_SEC) throw invalidClient("iat is more than five minutes ago");
  if (typeof nbf === "number" && nbf > now) throw invalidClient("nbf is in the future");
  if (exp <= now) throw invalidClient("the assertion has expired");
}

function takeOnce(state: PlatformState, clientId: string, jti: unknown): void {
  if (typeof jti !== "string" || jti === "") throw invalidClient("the assertion has no jti");
  const mark = `${clientId} ${jti}`;
  if (state.usedAssertions.has(mark)) throw invalidClient("jti was used before");
  state.usedAssertions.add(mark);
}
