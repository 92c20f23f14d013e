import { factsOf, perform } from "../http/perform.ts";
import { isJsonObject, parseJsonBody, identifierOf } from "../values/json-body.ts";
import { MEDIA_TYPE } from "../values/media-types.ts";
import type { LtiOptions } from "../options.ts";
import { uniqueScopes } from "../scopes.ts";
import type { PlatformConfiguration } from "./platform-configuration.ts";
import { DynamicRegistrationRefused } from "./registration-refused.ts";

const TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration";
const CLAIMS = ["iss", "sub", "name", "given_name", "family_name", "email"];

/** What a tool tells of itself. */
export type ToolDescription = {
  name: string;
  description: string;
  loginUrl: string;
  launchUrl: string;
  jwksUrl: string;
  logoUrl?: string;
  /** What it needs; only what the platform knows is asked for. */
  scopes: readonly string[];
};

/** What the platform made of it. */
export type RegisteredTool = {
  clientId: string;
  deploymentId?: string;
  grantedScopes: string[];
};

/**
 * Registers the tool at the platform; the token, where there is one, is good once.
 *
 * @throws DynamicRegistrationRefused  the reply names no client ID
 * @throws RequestRejected | AccessDenied  the platform said no, in its own words
 * @see Dynamic Registration 1.0 §3.5, §3.6
 */
export async function registerTool(
  platform: PlatformConfiguration,
  tool: ToolDescription,
  { registrationToken, lti }: { registrationToken?: string; lti: LtiOptions },
): Promise<RegisteredTool> {
  const scopes = scopesToAsk(platform, tool.scopes);
  const request = {
    operation: "registration.create" as const,
    method: "POST",
    url: platform.registrationEndpoint,
    headers: {
      accept: MEDIA_TYPE.json,
      "content-type": MEDIA_TYPE.json,
      ...(registrationToken !== undefined && { authorization: `Bearer ${registrationToken}` }),
    },
    body: JSON.stringify(toolRegistration(platform, tool, scopes)),
    secrets: registrationToken === undefined ? [] : [registrationToken],
  };
  const reply = await perform(request, lti);
  return readRegisteredTool(parseJsonBody(reply.body, factsOf(request, reply)), scopes);
}

/** Canvas turns a whole registration down for one scope that it does not know. */
export function scopesToAsk(
  { scopes }: Pick<PlatformConfiguration, "scopes">,
  wanted: readonly string[],
): string[] {
  const known = scopes.filter((scope) => scope !== "openid");
  return known.length === 0 ? [...wanted] : wanted.filter((scope) => known.includes(scope));
}

/** @see Dynamic Registration 1.0 §3.5.2, §3.5.3 */
function toolRegistration(
  platform: PlatformConfiguration,
  tool: ToolDescription,
  scopes: readonly string[],
): Record<string, unknown> {
  const { claims, messageTypes } = platform;
  const takesDeepLinks = messageTypes.includes("LtiDeepLinkingRequest");
  const message = (type: string) => ({ type, target_link_uri: tool.launchUrl, label: tool.name });
  return {
    application_type: "web",
    response_types: ["id_token"],
    grant_types: ["implicit", "client_credentials"],
    initiate_login_uri: tool.loginUrl,
    redirect_uris: [tool.launchUrl],
    client_name: tool.name,
    jwks_uri: tool.jwksUrl,
    ...(tool.logoUrl !== undefined && { logo_uri: tool.logoUrl }),
    token_endpoint_auth_method: "private_key_jwt",
    scope: scopes.join(" "),
    [TOOL_CONFIGURATION]: {
      domain: new URL(tool.launchUrl).host,
      description: tool.description,
      target_link_uri: tool.launchUrl,
      claims: claims.length === 0 ? CLAIMS : CLAIMS.filter((claim) => claims.includes(claim)),
      messages: [
        message("LtiResourceLinkRequest"),
        ...(takesDeepLinks ? [message("LtiDeepLinkingRequest")] : []),
      ],
    },
  };
}

function readRegisteredTool(reply: unknown, asked: readonly string[]): RegisteredTool {
  const refuse = (reason: string) => new DynamicRegistrationRefused("reply", reason);
  if (!isJsonObject(reply)) throw refuse("the platform’s answer is not an object");
  const clientId = identifierOf(reply["client_id"]);
  if (clientId === undefined || clientId.length > 255) {
    throw refuse("the platform’s answer names no client ID");
  }
  const tool = isJsonObject(reply[TOOL_CONFIGURATION]) ? reply[TOOL_CONFIGURATION] : {};
  const deploymentId = identifierOf(tool["deployment_id"]) ?? identifierOf(reply["deployment_id"]);
  return { clientId, deploymentId, grantedScopes: grantedOf(reply["scope"], asked) };
}

// Absent means as asked (RFC 7591 §3.2.1); some platforms send a list.
function grantedOf(scope: unknown, asked: readonly string[]): string[] {
  if (Array.isArray(scope)) return uniqueScopes(scope.filter((each) => typeof each === "string"));
  if (typeof scope !== "string") return [...asked];
  return uniqueScopes(scope.split(/\s+/).filter((each) => each !== ""));
}
