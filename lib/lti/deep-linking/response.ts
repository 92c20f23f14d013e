import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { LAUNCH_CLAIM } from "../launch/claims/claim-names.ts";
import type { SigningKey } from "../registration.ts";
import { checkContentItems } from "./check-items.ts";
import type { ContentItem } from "./content-item.ts";
import type { DeepLinkingSettings } from "./settings.ts";

// Somebody reads a page between request and response.
const LIFETIME_S = 1_800;

/** Words that go along with an answer: two for the person, two for the platform's log. */
export type DeepLinkingWords = {
  msg?: string;
  log?: string;
  errorMsg?: string;
  errorLog?: string;
};

/**
 * Signs the answer to a deep linking request, for a form that posts it as `JWT` to
 * `settings.returnUrl`. No item means that nothing was chosen.
 *
 * @throws ContentItemInvalid      an item breaks a rule of the specification
 * @throws ContentItemNotAccepted  the settings of the request rule it out
 * @see Deep Linking 2.0 §4.5
 */
export async function deepLinkingResponse(response: {
  registration: { issuer: string; clientId: string; signingKey: SigningKey };
  deploymentId: string;
  settings: DeepLinkingSettings;
  items: readonly ContentItem[];
  words?: DeepLinkingWords;
  now: Date;
}): Promise<string> {
  const { settings, items, words = {} } = response;
  checkContentItems(settings, items);
  const { issuer, clientId, signingKey } = response.registration;
  const iat = Math.floor(response.now.getTime() / 1_000);
  const claims = {
    iss: clientId,
    aud: issuer,
    iat,
    exp: iat + LIFETIME_S,
    nonce: randomUUID(),
    [LAUNCH_CLAIM.messageType]: "LtiDeepLinkingResponse",
    [LAUNCH_CLAIM.version]: "1.3.0",
    [LAUNCH_CLAIM.deploymentId]: response.deploymentId,
    [LAUNCH_CLAIM.contentItems]: items,
    [LAUNCH_CLAIM.deepLinkingData]: settings.data,
    [LAUNCH_CLAIM.msg]: words.msg,
    [LAUNCH_CLAIM.log]: words.log,
    [LAUNCH_CLAIM.errorMsg]: words.errorMsg,
    [LAUNCH_CLAIM.errorLog]: words.errorLog,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: signingKey.kid, typ: "JWT" })
    .sign(signingKey.privateKey);
}
