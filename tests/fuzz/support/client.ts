import { GRADES_SCOPES, SCOPE, createAccessToken, fromAccessToken } from "#lib/lti/index.ts";
import type { Fetch, ServiceClient } from "#lib/lti/index.ts";
import { testRegistration } from "#tests/lib/lti/support/clients.ts";
import { LMS } from "./scripted-fetch.ts";

export const TOKEN = "fuzz-0123456789abcdef";

/** A client for the platform that the script plays, with a token already in hand. */
export function fuzzedClient(fetch: Fetch): ServiceClient {
  const endpoints = {
    memberships: { contextMembershipsUrl: `${LMS}/courses/1/memberships` },
    grades: {
      lineItemsUrl: `${LMS}/courses/1/line_items`,
      lineItemUrl: `${LMS}/courses/1/line_items/7?type_id=1`,
      scopes: GRADES_SCOPES,
    },
  };
  const scopes = [SCOPE.memberships, ...GRADES_SCOPES];
  const obtainedAt = new Date();
  const accessToken = createAccessToken({
    token: TOKEN,
    requestedScopes: scopes,
    grantedScopes: scopes,
    obtainedAt,
    expiresAt: new Date(obtainedAt.getTime() + 3_600_000),
  });
  return fromAccessToken(testRegistration(LMS), endpoints, accessToken, { fetch });
}
