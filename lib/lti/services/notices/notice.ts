import type { Endpoints } from "../endpoints.ts";
import { isJsonObject, textOf, type JsonObject } from "../../values/json-body.ts";
import { LAUNCH_CLAIM } from "../../launch/claims/claim-names.ts";
import {
  parseContext,
  parseDeploymentId,
  serviceEndpoints,
  type LaunchContext,
} from "../../launch/launch-message.ts";
import { LaunchRefused } from "../../launch/launch-refused.ts";

/** A verified notice of a platform. */
export type PlatformNotice = {
  noticeId: string;
  type: string;
  deploymentId: string;
  context?: LaunchContext;
  /** The contexts that `context` is a copy of; newest first where there are several. */
  originContextIds: string[];
  endpoints: Endpoints;
};

export const CONTEXT_COPY_NOTICE = "LtiContextCopyNotice";

/**
 * Reads a notice's claims after its signature was verified.
 *
 * @throws LaunchRefused  the notice has no ID or type, or its claims cannot be read
 * @see Platform Notification Service 1.0 §3.5
 */
export function parseNotice(claims: JsonObject, allowHttp: boolean): PlatformNotice {
  const notice = claims[LAUNCH_CLAIM.notice];
  if (!isJsonObject(notice)) throw new LaunchRefused("notice", "the message holds no notice");
  const noticeId = textOf(notice["id"]) ?? textOf(claims["jti"]);
  const type = textOf(notice["type"]);
  if (noticeId === undefined || noticeId.length > 255 || type === undefined) {
    throw new LaunchRefused("notice", "the notice has no ID or no type");
  }
  if (claims[LAUNCH_CLAIM.version] !== "1.3.0") {
    throw new LaunchRefused("version", "the notice is not of LTI version 1.3.0");
  }
  return {
    noticeId,
    type,
    deploymentId: parseDeploymentId(claims),
    context: parseContext(claims),
    originContextIds: originsOf(claims[LAUNCH_CLAIM.originContexts]),
    endpoints: serviceEndpoints(claims, allowHttp),
  };
}

// A list of IDs; of objects with an ID on some platforms.
function originsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((origin: unknown) => {
    const id = isJsonObject(origin) ? textOf(origin["id"]) : textOf(origin);
    return id === undefined ? [] : [id];
  });
}

/** The signed notices in what a platform posts: `{ notices: [{ jwt }] }`. */
export function noticeTokens(body: unknown): string[] {
  const notices = isJsonObject(body) ? body["notices"] : undefined;
  const tokens = (Array.isArray(notices) ? notices : []).map((each: unknown) =>
    isJsonObject(each) ? textOf(each["jwt"]) : undefined,
  );
  const signed = tokens.filter((token) => token !== undefined);
  if (signed.length === 0 || signed.length !== tokens.length || signed.length > 100) {
    throw new LaunchRefused("notice", "the body is not a list of 1 to 100 signed notices");
  }
  return signed;
}
