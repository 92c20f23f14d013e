import { isJsonObject, textOf, type JsonObject } from "../../values/json-body.ts";
import { SCOPE } from "../../scopes.ts";
import { parseServiceUrl } from "../../values/service-url.ts";
import { LAUNCH_CLAIM } from "../../launch/claims/claim-names.ts";
import type { KnownService } from "../service.ts";

/** A deployment's notification service, from the launch's `platformnotificationservice` claim. */
export type NoticesEndpoint = { url: string; scopes: readonly string[] };

/** @see Platform Notification Service 1.0 §3.2 */
export const NOTICES: KnownService<NoticesEndpoint> = {
  name: "notices",
  scopePrefix: SCOPE.noticeHandlers,
  knownScopes: [SCOPE.noticeHandlers],
  scopes: ({ scopes }) => scopes,
  addresses: ({ url }) => ({ url }),
};

/** Where a tool says which notices it wants, for one deployment. */
export type NoticeService = {
  url: string;
  scopes: string[];
  noticeTypes: string[];
};

/**
 * Reads the notification service that a launch announced; one that cannot be used is none.
 *
 * @see Platform Notification Service 1.0 §3.2
 */
export function parseNoticeService(
  claims: JsonObject,
  allowHttp: boolean,
): NoticeService | undefined {
  const claim = claims[LAUNCH_CLAIM.noticeService];
  if (!isJsonObject(claim)) return undefined;
  const url = textOf(claim["platform_notification_service_url"]);
  const target = url === undefined ? undefined : parseServiceUrl(url);
  if (url === undefined || !target) return undefined;
  if (target.protocol !== "https:" && !allowHttp) return undefined;
  const scopes = textsOf(claim["scope"]);
  return {
    url,
    scopes: scopes.length > 0 ? scopes : [SCOPE.noticeHandlers],
    noticeTypes: textsOf(claim["notice_types_supported"]),
  };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
