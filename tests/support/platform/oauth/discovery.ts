import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, type Reply } from "#tests/support/platform/http/reply.ts";
import { issuerOf, tokenEndpointOf, type PlatformState } from "#tests/support/platform/state.ts";
import { REGISTRABLE_SCOPES } from "#tests/support/platform/wire.ts";

export function platformJwks(state: PlatformState): Reply {
  return jsonReply(200, { keys: [state.key.publicJwk] });
}

/** Dynamic Registration 1.0 §3.4. */
export function openidConfiguration(state: PlatformState, { request, facts }: Exchange): Reply {
  const isWellKnown = request.url.pathname.startsWith("/.well-known/");
  if (isWellKnown && state.faults.take("configuration_redirects", facts)) {
    const headers = { Location: `${state.url}/lti/openid-configuration` };
    return { status: 302, headers, body: "" };
  }
  return jsonReply(200, {
    issuer: issuerOf(state),
    authorization_endpoint: `${state.url}/authorize`,
    token_endpoint: tokenEndpointOf(state),
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
    token_endpoint_auth_signing_alg_values_supported: ["RS256"],
    jwks_uri: `${state.url}/jwks`,
    registration_endpoint: `${state.url}/register`,
    scopes_supported: ["openid", ...REGISTRABLE_SCOPES],
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: ["sub", "iss", "name", "given_name", "family_name", "email"],
    "https://purl.imsglobal.org/spec/lti-platform-configuration": {
      product_family_code: state.options.profile ?? "simulator",
      version: "1.0",
      messages_supported: [{ type: "LtiResourceLinkRequest" }, { type: "LtiDeepLinkingRequest" }],
      variables: [],
      notice_types_supported: ["LtiHelloWorldNotice", "LtiContextCopyNotice"],
    },
    ...state.faults.take("configuration_fields", facts)?.set,
  });
}

/** Tool key sets that tests without a web server of their own let this one serve. */
export function hostedJwks(state: PlatformState, { request }: Exchange): Reply | undefined {
  const name = /^\/_tool\/([\w-]+)\/jwks$/.exec(request.url.pathname)?.[1];
  const jwks = name === undefined ? undefined : state.hostedJwks.get(name);
  return jwks === undefined ? undefined : jsonReply(200, jwks);
}
