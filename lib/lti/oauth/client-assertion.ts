import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Registration } from "../registration.ts";

const LIFETIME_S = 300;
const DEPLOYMENT_ID = "https://purl.imsglobal.org/spec/lti/claim/deployment_id";

/** A signed client assertion, with its parts in clear for the connection test. */
export type ClientAssertion = {
  jwt: string;
  header: { alg: "RS256"; kid: string; typ: string };
  claims: {
    iss: string;
    sub: string;
    aud: string | readonly string[];
    iat: number;
    exp: number;
    jti: string;
    [DEPLOYMENT_ID]?: string;
  };
};

/**
 * Signs the JWT that proves to a token endpoint who is asking; good for five minutes, once.
 *
 * @see Security Framework 1.0 §4.1.1
 * @see LTI Core 1.3 §6.2.1
 * @see RFC 7523 §3
 */
export async function createClientAssertion(
  registration: Registration,
  now: Date,
): Promise<ClientAssertion> {
  const { clientId, audience, deploymentId, assertionType } = registration;
  const signingKey = (await registration.currentKey?.()) ?? registration.signingKey;
  const iat = Math.floor(now.getTime() / 1_000) - registration.assertionBackdateS;
  const header = { alg: "RS256", kid: signingKey.kid, typ: assertionType } as const;
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: audience,
    iat,
    exp: iat + LIFETIME_S,
    jti: randomUUID(),
    ...(deploymentId !== undefined && { [DEPLOYMENT_ID]: deploymentId }),
  };
  const aud = typeof audience === "string" ? audience : [...audience];
  const jwt = await new SignJWT({ ...claims, aud })
    .setProtectedHeader(header)
    .sign(signingKey.privateKey);
  return { jwt, header, claims };
}
