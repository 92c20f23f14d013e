import { ServiceNotOffered } from "../errors.ts";
import { factsOf, perform } from "../http/perform.ts";
import { MEDIA_TYPE } from "../values/media-types.ts";
import { presentOf } from "../options.ts";
import type { LtiOptions } from "../options.ts";
import type { Registration } from "../registration.ts";
import { uniqueScopes } from "../scopes.ts";
import type { AccessToken } from "./access-token.ts";
import { createClientAssertion } from "./client-assertion.ts";
import { parseTokenReply } from "./token-reply.ts";

const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * Requests an access token with a signed client assertion, in one request.
 *
 * Granted scopes may be fewer than asked; the caller compares. Never repeated here: the
 * assertion may be used once, and only the caller knows whether asking again makes sense.
 *
 * @throws TokenRefused         the platform said no, in its own words; a person must act
 * @throws TokenReplyMalformed  the platform said yes, but the reply cannot be used
 * @throws PlatformUnavailable  network, timeout or 5xx; safe to try again
 * @throws RateLimited          ask again at `retryAt`
 * @see Security Framework 1.0 §4.1.1
 */
export async function requestAccessToken(
  registration: Registration,
  scopes: readonly string[],
  options: LtiOptions,
): Promise<AccessToken> {
  const asked = uniqueScopes(scopes);
  if (asked.length === 0) throw new ServiceNotOffered("any scope");
  const sentAt = presentOf(options);
  const { jwt } = await createClientAssertion(registration, sentAt);
  const request = {
    operation: "token.request" as const,
    method: "POST",
    url: registration.tokenEndpoint,
    headers: { accept: MEDIA_TYPE.json, "content-type": MEDIA_TYPE.form },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: JWT_BEARER,
      client_assertion: jwt,
      scope: asked.join(" "),
    }).toString(),
    secrets: [jwt],
  };
  // The reply holds the token, so nothing of its body may reach an exchange record unredacted.
  const reply = await perform(request, options);
  return parseTokenReply(reply.body, { scopes: asked, sentAt }, factsOf(request, reply));
}
