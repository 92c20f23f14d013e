import { randomUUID } from "node:crypto";
import { z } from "zod";
import { registrationSchema } from "#tests/support/platform/control/schemas.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { mediaTypeOf } from "#tests/support/platform/http/request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, REGISTRABLE_SCOPES } from "#tests/support/platform/wire.ts";

const TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration";

/** Dynamic Registration §3.5: what a tool must send, and may. */
const toolSchema = z.looseObject({
  application_type: z.literal("web"),
  response_types: z.array(z.string()).refine((types) => types.includes("id_token")),
  grant_types: z
    .array(z.string())
    .refine((types) => types.includes("implicit") && types.includes("client_credentials")),
  initiate_login_uri: z.url(),
  redirect_uris: z.array(z.url()).min(1),
  client_name: z.string().min(1),
  jwks_uri: z.url(),
  token_endpoint_auth_method: z.literal("private_key_jwt"),
  scope: z.string(),
  [TOOL_CONFIGURATION]: z.looseObject({
    domain: z.string().min(1),
    target_link_uri: z.url(),
    claims: z.array(z.string()),
    messages: z.array(z.looseObject({ type: z.string() })).min(1),
  }),
});

/**
 * The link that the LMS opens: the tool's URL with where to register, and a token good once; with a
 * client ID it updates that tool, as Moodle offers for one of a domain that it knows.
 */
export function registrationLink(
  state: PlatformState,
  registrationUrl: string,
  updatedClientId?: string,
): { url: string } {
  const url = new URL(registrationUrl);
  url.searchParams.set("openid_configuration", `${state.url}/.well-known/openid-configuration`);
  const facts = { route: "registration" as const, method: "GET" };
  if (!state.faults.take("no_registration_token", facts)) {
    const token = randomUUID();
    state.registrationTokens.set(token, updatedClientId);
    url.searchParams.set("registration_token", token);
  } else {
    state.openRegistrations += 1;
  }
  return { url: url.href };
}

/** Registers a tool; its deployment is there at once, and its scopes are those that are known. */
export function register(state: PlatformState, exchange: Exchange): Reply {
  const { request, facts } = exchange;
  if (request.method !== "POST") throw refuse(405, "invalid_request", "POST only");
  const updated = takeToken(state, request.headers["authorization"]);
  if (mediaTypeOf(request.headers["content-type"]) !== MEDIA.json) {
    throw refuse(415, "invalid_request", `the body must be ${MEDIA.json}`);
  }
  const failure = state.faults.take("registration_error", facts);
  if (failure) throw refuse(failure.status, failure.error, failure.description);
  const parsed = toolSchema.safeParse(JSON.parse(request.body));
  if (!parsed.success)
    throw refuse(400, "invalid_client_metadata", JSON.stringify(parsed.error.issues));
  const tool = parsed.data;
  const granted = grant(state, exchange, tool.scope);
  const clientId = updated ?? `tool-${state.registrations.size + 1}`;
  const deploymentId = updated === undefined ? "1" : "2";
  const registration = registrationSchema.parse({
    clientId,
    name: tool.client_name,
    jwksUrl: tool.jwks_uri,
    loginUrl: tool.initiate_login_uri,
    launchUrl: tool.redirect_uris[0],
    allowedScopes: granted,
    deploymentIds: [deploymentId],
  });
  state.registrations.set(clientId, { ...registration, clientId });
  const status = state.faults.take("registration_status_as", facts)?.status ?? 201;
  return jsonReply(status, {
    ...tool,
    client_id: clientId,
    scope: granted.join(" "),
    [TOOL_CONFIGURATION]: { ...tool[TOOL_CONFIGURATION], deployment_id: deploymentId },
  });
}

/** Takes a token, and tells which tool it updates. */
function takeToken(state: PlatformState, authorization: string | undefined): string | undefined {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (token === undefined) {
    if (state.openRegistrations === 0) throw refuse(401, "invalid_token", "no registration token");
    state.openRegistrations -= 1;
    return undefined;
  }
  const updated = state.registrationTokens.get(token);
  if (!state.registrationTokens.delete(token))
    throw refuse(401, "invalid_token", "the registration token is unknown, or was used");
  return updated;
}

function grant(state: PlatformState, { facts }: Exchange, scope: string): string[] {
  const asked = scope.split(" ").filter((each) => each !== "");
  const unknown = asked.filter((each) => !REGISTRABLE_SCOPES.includes(each));
  if (unknown.length > 0 && state.faults.take("strict_registration", facts)) {
    throw refuse(422, "invalid_client_metadata", `unknown scopes: ${unknown.join(" ")}`);
  }
  const withheld = state.faults.take("withhold_scopes", facts)?.scopes ?? [];
  return asked.filter((each) => REGISTRABLE_SCOPES.includes(each) && !withheld.includes(each));
}
