import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { mediaTypeOf } from "#tests/support/platform/http/request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { JWT_BEARER, MEDIA } from "#tests/support/platform/wire.ts";
import { verifyAssertion } from "./assertion.ts";
import { grantScopes } from "./grant.ts";
import { tokenReply } from "./token-reply.ts";

/** Security Framework §4.1: client credentials with a signed assertion, nothing else. */
export async function tokenEndpoint(state: PlatformState, exchange: Exchange): Promise<Reply> {
  const { faults, options } = state;
  checkForm(exchange);
  const failure = faults.take("token_error", exchange.facts);
  if (failure)
    return jsonReply(failure.status, {
      error: failure.error,
      error_description: failure.description,
    });
  const registration = await verifyAssertion(state, exchange);
  const scopes = grantScopes(state, exchange, registration);
  const saidSec =
    faults.take("token_lifetime", exchange.facts)?.seconds ?? options.tokenLifetimeSec;
  const token = state.tokens.issue({
    clientId: registration.clientId,
    scopes,
    lifetimeSec: faults.take("lying_expires_in", exchange.facts)?.realSeconds ?? saidSec,
    usesLeft: faults.take("token_dies_after_uses", exchange.facts)?.uses,
  });
  state.counters.tokenIssued(registration.clientId);
  return tokenReply(state, exchange, { token, saidSec });
}

function checkForm({ request, form }: Exchange): void {
  if (request.method !== "POST")
    throw refuse(405, "invalid_request", "POST only", { Allow: "POST" });
  if (mediaTypeOf(request.headers["content-type"]) !== MEDIA.form) {
    throw refuse(400, "invalid_request", `the body must be ${MEDIA.form}`);
  }
  const names = [...(form?.keys() ?? [])];
  if (new Set(names).size !== names.length) {
    throw refuse(400, "invalid_request", "a parameter is repeated");
  }
  const grantType = form?.get("grant_type");
  if (!grantType) throw refuse(400, "invalid_request", "grant_type is missing");
  if (grantType !== "client_credentials") {
    throw refuse(400, "unsupported_grant_type", "only client_credentials");
  }
  if (form?.get("client_assertion_type") !== JWT_BEARER) {
    throw refuse(400, "invalid_request", `client_assertion_type must be ${JWT_BEARER}`);
  }
}
