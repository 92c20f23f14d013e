import type { Endpoints } from "../services/endpoints.ts";
import { isJsonObject, textOf, type JsonObject } from "../values/json-body.ts";
import { roleUri } from "../roles.ts";
import { endpointsFromClaims } from "../services/service-claims.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { LAUNCH_CLAIM } from "./claim-names.ts";
import { parseDeepLinkingSettings, type DeepLinkingSettings } from "./deep-linking.ts";
import { LaunchRefused, type LaunchCheck } from "./launch-refused.ts";
import { parseNoticeService, type NoticeService } from "../services/notices/notice-service.ts";

/** The course that a message comes from. */
export type LaunchContext = { contextId: string; title?: string; label?: string };

/** A verified launch, as values. */
export type LaunchMessage = {
  type: "LtiResourceLinkRequest" | "LtiDeepLinkingRequest";
  deploymentId: string;
  targetLinkUri?: string;
  /** Absent in an anonymous launch. */
  userId?: string;
  name?: string;
  /** Full URIs; unknown ones are kept. */
  roles: string[];
  resourceLink?: { id: string; title?: string };
  /** Absent outside any course. */
  context?: LaunchContext;
  endpoints: Endpoints;
  noticeService?: NoticeService;
  deepLinking?: DeepLinkingSettings;
};

const LONGEST_ID = 255;
const MOST_ROLES = 500;

/**
 * Reads a launch's claims after its signature was verified.
 *
 * @throws LaunchRefused  names the claim and its section
 * @see LTI Core 1.3 §5.3
 */
export function parseLaunchMessage(
  claims: JsonObject,
  { allowHttp = false }: { allowHttp?: boolean } = {},
): LaunchMessage {
  const type = messageTypeOf(claims);
  if (claims[LAUNCH_CLAIM.version] !== "1.3.0") {
    throw new LaunchRefused("version", "the message is not of LTI version 1.3.0");
  }
  const isLink = type === "LtiResourceLinkRequest";
  return {
    type,
    deploymentId: parseDeploymentId(claims),
    targetLinkUri: targetLinkUriOf(claims, isLink),
    userId: userIdOf(claims),
    name: textOf(claims["name"]),
    roles: rolesOf(claims),
    resourceLink: isLink ? resourceLinkOf(claims) : undefined,
    context: parseContext(claims),
    endpoints: serviceEndpoints(claims, allowHttp),
    noticeService: parseNoticeService(claims, allowHttp),
    deepLinking: isLink ? undefined : parseDeepLinkingSettings(claims, allowHttp),
  };
}

/** @throws LaunchRefused  missing, or no identifier of at most 255 characters */
export function parseDeploymentId(claims: JsonObject): string {
  return identifier(claims[LAUNCH_CLAIM.deploymentId], "deployment_id", "the deployment ID");
}

/** @throws LaunchRefused  a context without an ID */
export function parseContext(claims: JsonObject): LaunchContext | undefined {
  const context = claims[LAUNCH_CLAIM.context];
  if (context === undefined || context === null) return undefined;
  if (!isJsonObject(context)) throw new LaunchRefused("context", "the context is not an object");
  const contextId = identifier(context["id"], "context", "the context's ID");
  return { contextId, title: textOf(context["title"]), label: textOf(context["label"]) };
}

/** @throws LaunchRefused  a service address that cannot be used */
export function serviceEndpoints(claims: JsonObject, allowHttp: boolean): Endpoints {
  const endpoints = endpointsFromClaims(claims);
  const check = (check: LaunchCheck, address: string | undefined) => {
    const url = address === undefined ? undefined : parseServiceUrl(address);
    const isUsable = url && (allowHttp || url.protocol === "https:");
    if (address !== undefined && !isUsable) {
      throw new LaunchRefused(check, "a service's address is not a web address with https");
    }
  };
  check("memberships_claim", endpoints.memberships?.contextMembershipsUrl);
  check("grades_claim", endpoints.grades?.lineItemsUrl);
  check("grades_claim", endpoints.grades?.lineItemUrl);
  return endpoints;
}

function messageTypeOf(claims: JsonObject): LaunchMessage["type"] {
  const type = claims[LAUNCH_CLAIM.messageType];
  if (type === "LtiResourceLinkRequest" || type === "LtiDeepLinkingRequest") return type;
  const isNamed = typeof type === "string" && type !== "";
  throw new LaunchRefused(
    "message_type",
    isNamed ? "the message is of a type that is not served here" : "the message names no type",
  );
}

function targetLinkUriOf(claims: JsonObject, isRequired: boolean): string | undefined {
  const uri = textOf(claims[LAUNCH_CLAIM.targetLinkUri]);
  if (uri === undefined && isRequired) {
    throw new LaunchRefused("target_link_uri", "the message names no target link URI");
  }
  return uri;
}

/** Absent in an anonymous launch, and then nothing else stands for it. */
function userIdOf(claims: JsonObject): string | undefined {
  if (claims["sub"] === undefined || claims["sub"] === null) return undefined;
  return identifier(claims["sub"], "sub", "the user's ID");
}

function rolesOf(claims: JsonObject): string[] {
  const roles = claims[LAUNCH_CLAIM.roles];
  const isList = Array.isArray(roles) && roles.every((role) => typeof role === "string");
  if (!isList) throw new LaunchRefused("roles", "the roles are not a list of texts");
  if (roles.length > MOST_ROLES) throw new LaunchRefused("roles", "there are too many roles");
  return roles.filter((role) => role !== "").map(roleUri);
}

function resourceLinkOf(claims: JsonObject): { id: string; title?: string } {
  const link = claims[LAUNCH_CLAIM.resourceLink];
  if (!isJsonObject(link)) throw new LaunchRefused("resource_link", "there is no resource link");
  const id = identifier(link["id"], "resource_link", "the resource link's ID");
  return { id, title: textOf(link["title"]) };
}

function identifier(value: unknown, check: LaunchCheck, what: string): string {
  if (typeof value !== "string" || value.trim() === "") {
    throw new LaunchRefused(check, `${what} is missing`);
  }
  if (value.length > LONGEST_ID) {
    throw new LaunchRefused(check, `${what} is longer than ${LONGEST_ID} characters`);
  }
  // The database holds no NUL, and no identifier should.
  if (value.includes("\u0000")) throw new LaunchRefused(check, `${what} is not plain text`);
  return value;
}
