import type { Endpoints } from "../services/endpoints.ts";
import { isJsonObject, textOf, type JsonObject } from "../values/json-body.ts";
import { roleUri } from "../roles.ts";
import { ADDRESS_NAMES, announcedAddresses } from "../services/context-addresses.ts";
import { endpointsFromClaims } from "../services/endpoints.ts";
import { CONTEXT_ADDRESSES } from "../services/services.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { LAUNCH_CLAIM } from "./claims/claim-names.ts";
import { parseLti1p1, type Lti1p1Claim } from "./claims/lti-1p1.ts";
import { parseOptionalClaims, type OptionalClaims } from "./claims/optional-claims.ts";
import { parsePerson, type LaunchedPerson } from "./claims/person.ts";
import { parseDeepLinkingSettings, type DeepLinkingSettings } from "../deep-linking/settings.ts";
import { LaunchRefused, type LaunchCheck } from "./launch-refused.ts";
import { parseNoticeService, type NoticeService } from "../services/notices/notice-service.ts";

/** The course that a message comes from. */
export type LaunchContext = {
  contextId: string;
  title?: string;
  label?: string;
  /** As they came: full URIs, or short names on some platforms. */
  types?: string[];
};

/** The place in a course that the tool was opened from. */
export type ResourceLink = { id: string; title?: string; description?: string };

/** A verified launch, as values; see `parseOptionalClaims` for what is read of the rest. */
export type LaunchMessage = LaunchedPerson &
  OptionalClaims & {
    type: "LtiResourceLinkRequest" | "LtiDeepLinkingRequest";
    deploymentId: string;
    targetLinkUri?: string;
    /** Absent in an anonymous launch. */
    userId?: string;
    /** Full URIs; unknown ones are kept. */
    roles: string[];
    resourceLink?: ResourceLink;
    /** Absent outside any course. */
    context?: LaunchContext;
    endpoints: Endpoints;
    noticeService?: NoticeService;
    deepLinking?: DeepLinkingSettings;
    /** What the launch was called under LTI 1.1. */
    lti1p1?: Lti1p1Claim;
  };

const LONGEST_ID = 255;
const MOST_ROLES = 500;

/**
 * Reads a launch's claims after its signature was verified.
 *
 * Refused are: another message type or version, a missing or endless deployment ID, no target
 * link URI and no resource link in a resource link launch, roles that are no list of texts, a
 * user's or context's ID that cannot be kept, service addresses without https, and deep linking
 * without settings. `sub` and the context may be absent; all else is left out where it cannot be
 * read.
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
    ...parsePerson(claims),
    roles: rolesOf(claims),
    resourceLink: isLink ? resourceLinkOf(claims) : undefined,
    context: parseContext(claims),
    endpoints: serviceEndpoints(claims, allowHttp),
    noticeService: parseNoticeService(claims, allowHttp),
    deepLinking: isLink ? undefined : parseDeepLinkingSettings(claims, allowHttp),
    ...parseOptionalClaims(claims),
    lti1p1: parseLti1p1(claims),
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
  const { type } = context;
  return {
    contextId,
    title: textOf(context["title"]),
    label: textOf(context["label"]),
    types: [type].flat().filter((each) => typeof each === "string"),
  };
}

/** @throws LaunchRefused  a service address that cannot be used */
export function serviceEndpoints(claims: JsonObject, allowHttp: boolean): Endpoints {
  const endpoints = endpointsFromClaims(claims);
  const addresses = announcedAddresses(endpoints);
  for (const name of ADDRESS_NAMES) {
    const address = addresses[name];
    if (address === null) continue;
    const url = parseServiceUrl(address);
    if (!url || (!allowHttp && url.protocol !== "https:")) {
      const check = `${CONTEXT_ADDRESSES[name].service}_claim` as const;
      throw new LaunchRefused(check, "a service's address is not a web address with https");
    }
  }
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

function resourceLinkOf(claims: JsonObject): ResourceLink {
  const link = claims[LAUNCH_CLAIM.resourceLink];
  if (!isJsonObject(link)) throw new LaunchRefused("resource_link", "there is no resource link");
  const id = identifier(link["id"], "resource_link", "the resource link's ID");
  return { id, title: textOf(link["title"]), description: textOf(link["description"]) };
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
