import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { isJsonObject, textOf, type JsonObject } from "../values/json-body.ts";
import type { SigningKey } from "../registration.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { LAUNCH_CLAIM } from "./claims/claim-names.ts";
import { LaunchRefused } from "./launch-refused.ts";

/** What a platform takes back from a deep linking request. */
export type DeepLinkingSettings = {
  returnUrl: string;
  acceptTypes: string[];
  acceptMultiple: boolean;
  /** Given back to the letter. */
  data?: string;
};

export type ResourceLinkItem = { type: "ltiResourceLink"; title: string; url: string };

// Somebody reads a page between request and response.
const LIFETIME_S = 1_800;

/** @throws LaunchRefused  the settings are missing, or lead nowhere */
export function parseDeepLinkingSettings(
  claims: JsonObject,
  allowHttp: boolean,
): DeepLinkingSettings {
  const refuse = (reason: string) => new LaunchRefused("deep_linking_settings", reason);
  const settings = claims[LAUNCH_CLAIM.deepLinkingSettings];
  if (!isJsonObject(settings)) throw refuse("the request holds no deep linking settings");
  const returnUrl = textOf(settings["deep_link_return_url"]);
  const target = returnUrl === undefined ? undefined : parseServiceUrl(returnUrl);
  if (returnUrl === undefined || !target || (target.protocol !== "https:" && !allowHttp)) {
    throw refuse("the return address is not a web address with https");
  }
  const acceptTypes = settings["accept_types"];
  if (!Array.isArray(acceptTypes)) throw refuse("the settings do not say which types are accepted");
  return {
    returnUrl,
    acceptTypes: acceptTypes.filter((type) => typeof type === "string"),
    acceptMultiple: settings["accept_multiple"] === true || settings["accept_multiple"] === "true",
    data: textOf(settings["data"]),
  };
}

/** Those of the items that the platform accepts here: by type, and one where it takes no more. */
export function acceptedItems(
  settings: DeepLinkingSettings,
  items: readonly ResourceLinkItem[],
): ResourceLinkItem[] {
  const ofType = items.filter(({ type }) => settings.acceptTypes.includes(type));
  return settings.acceptMultiple ? ofType : ofType.slice(0, 1);
}

/**
 * Signs the answer to a deep linking request; no item means that nothing was chosen.
 *
 * @see Deep Linking 2.0 §4.5
 */
export async function deepLinkingResponse(response: {
  registration: { issuer: string; clientId: string; signingKey: SigningKey };
  deploymentId: string;
  settings: DeepLinkingSettings;
  items: readonly ResourceLinkItem[];
  now: Date;
}): Promise<string> {
  const { issuer, clientId, signingKey } = response.registration;
  const iat = Math.floor(response.now.getTime() / 1_000);
  const { data } = response.settings;
  return new SignJWT({
    iss: clientId,
    aud: issuer,
    iat,
    exp: iat + LIFETIME_S,
    nonce: randomUUID(),
    [LAUNCH_CLAIM.messageType]: "LtiDeepLinkingResponse",
    [LAUNCH_CLAIM.version]: "1.3.0",
    [LAUNCH_CLAIM.deploymentId]: response.deploymentId,
    [LAUNCH_CLAIM.contentItems]: acceptedItems(response.settings, response.items),
    ...(data !== undefined && { [LAUNCH_CLAIM.deepLinkingData]: data }),
  })
    .setProtectedHeader({ alg: "RS256", kid: signingKey.kid, typ: "JWT" })
    .sign(signingKey.privateKey);
}
