import { createHmac, timingSafeEqual } from "node:crypto";
import { identifierOf, isJsonObject, textOf, type JsonObject } from "../../values/json-body.ts";
import { LAUNCH_CLAIM } from "./claim-names.ts";

/** What the same launch was called under LTI 1.1, for tools that keep what they knew of it. */
export type Lti1p1Claim = {
  userId?: string;
  contextId?: string;
  resourceLinkId?: string;
  toolConsumerInstanceGuid?: string;
  oauthConsumerKey?: string;
  /** Proof that the platform holds the secret of `oauthConsumerKey`; see `isSignedByConsumer`. */
  oauthConsumerKeySign?: string;
};

/**
 * Reads the migration claim, and `lti11_legacy_user_id`, which says the user's ID alone (Canvas,
 * Moodle). Nothing of it refuses a launch: what cannot be read is left out.
 *
 * The IDs are the platform's word. Do not hand over what belongs to a consumer key before
 * `isSignedByConsumer` has passed: any platform can name any key.
 *
 * @see LTI Migration Guide §3.1
 */
export function parseLti1p1(claims: JsonObject): Lti1p1Claim | undefined {
  const claim = claims[LAUNCH_CLAIM.lti1p1];
  const legacyUserId = identifierOf(claims[LAUNCH_CLAIM.legacyUserId]);
  if (!isJsonObject(claim))
    return legacyUserId === undefined ? undefined : { userId: legacyUserId };
  return {
    userId: identifierOf(claim["user_id"]) ?? legacyUserId,
    contextId: identifierOf(claim["context_id"]),
    resourceLinkId: identifierOf(claim["resource_link_id"]),
    toolConsumerInstanceGuid: identifierOf(claim["tool_consumer_instance_guid"]),
    oauthConsumerKey: identifierOf(claim["oauth_consumer_key"]),
    oauthConsumerKeySign: textOf(claim["oauth_consumer_key_sign"]),
  };
}

/**
 * Whether a verified launch proves that its platform holds the LTI 1.1 secret of the consumer
 * key it names. `secret` is the one that the tool and that consumer shared.
 *
 * `claims` are the token's, verified; their `iss`, audience, `exp` and `nonce` are signed along,
 * so that the proof is good for this launch alone.
 *
 * @see LTI Migration Guide §3.1.2
 */
export function isSignedByConsumer(claims: JsonObject, secret: string): boolean {
  const { oauthConsumerKey, oauthConsumerKeySign } = parseLti1p1(claims) ?? {};
  if (oauthConsumerKey === undefined || oauthConsumerKeySign === undefined) return false;
  const { iss, aud, azp, exp, nonce } = claims;
  const clientId = azp ?? [aud].flat()[0];
  const deploymentId = claims[LAUNCH_CLAIM.deploymentId];
  const parts = [oauthConsumerKey, deploymentId, iss, clientId, exp, nonce];
  if (parts.some((part) => part === undefined || part === null)) return false;
  const expected = createHmac("sha256", secret).update(parts.map(String).join("&")).digest();
  const signed = Buffer.from(oauthConsumerKeySign, "base64");
  return signed.length === expected.length && timingSafeEqual(signed, expected);
}
