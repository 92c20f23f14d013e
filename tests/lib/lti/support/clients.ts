import {
  GRADES_SCOPES,
  SCOPE,
  createAccessToken,
  createRegistration,
  fromAccessToken,
  generateSigningKey,
  importSigningKey,
} from "#lib/lti/index.ts";
import type { Endpoints, LtiOptions, Registration, RegistrationInput } from "#lib/lti/index.ts";

const generated = await generateSigningKey();

/** One key pair for a test file; making them is slow. */
export const testKey = {
  ...generated,
  signingKey: await importSigningKey(generated.privateJwk),
};

export function testRegistration(
  origin: string,
  changes: Partial<RegistrationInput> = {},
): Registration {
  return createRegistration({
    issuer: origin,
    clientId: "client-1",
    tokenEndpoint: `${origin}/token`,
    signingKey: testKey.signingKey,
    allowHttp: true,
    ...changes,
  });
}

export function testEndpoints(origin: string): Required<Pick<Endpoints, "memberships" | "grades">> {
  return {
    memberships: { contextMembershipsUrl: `${origin}/courses/1/memberships` },
    grades: {
      lineItemsUrl: `${origin}/courses/1/line_items`,
      lineItemUrl: `${origin}/courses/1/line_items/7`,
      scopes: GRADES_SCOPES,
    },
  };
}

export const ALL_SCOPES = [SCOPE.memberships, ...GRADES_SCOPES];

/** A client whose token needs no request. */
export function testClient(
  origin: string,
  options: LtiOptions,
  token: { token?: string; lifetimeMs?: number; ageMs?: number; scopes?: readonly string[] } = {},
) {
  const now = options.now?.() ?? new Date();
  const obtainedAt = new Date(now.getTime() - (token.ageMs ?? 0));
  const accessToken = createAccessToken({
    token: token.token ?? "token-1",
    requestedScopes: ALL_SCOPES,
    grantedScopes: token.scopes ?? ALL_SCOPES,
    obtainedAt,
    expiresAt: new Date(obtainedAt.getTime() + (token.lifetimeMs ?? 3_600_000)),
  });
  return fromAccessToken(testRegistration(origin), testEndpoints(origin), accessToken, options);
}
