import { afterEach, expect, test } from "vitest";
import {
  EndpointInvalid,
  ScopeMismatch,
  ServiceNotOffered,
  UnknownOutcome,
  authenticate,
  ownEndpoint,
  ownEndpointsFromClaims,
} from "#lib/lti/index.ts";
import type { Service } from "#lib/lti/index.ts";
import { testEndpoints, testRegistration } from "../support/clients.ts";
import { scriptedPlatform } from "../support/scripted-platform.ts";
import type { ScriptedPlatform, ScriptedReply } from "../support/scripted-platform.ts";

type GroupsEndpoint = { groupsUrl: string };

const GROUPS_SCOPE = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly";
const GROUPS_CLAIM = "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice";

/** Course Groups 1.0, which the library does not speak itself. */
const GROUPS: Service<GroupsEndpoint> = {
  name: "groups",
  claim: GROUPS_CLAIM,
  fromClaim: (value) => {
    const { context_groups_url: groupsUrl } = value as { context_groups_url?: string };
    return groupsUrl === undefined ? undefined : { groupsUrl };
  },
  scopes: () => [GROUPS_SCOPE],
  addresses: ({ groupsUrl }) => ({ groupsUrl }),
};

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const grant = (scope: string): ScriptedReply => ({
  body: { access_token: "token-1", token_type: "Bearer", expires_in: 3600, scope },
});

const launched = () =>
  ownEndpointsFromClaims(
    { [GROUPS_CLAIM]: { context_groups_url: `${platform.url}/courses/1/groups` } },
    GROUPS,
  );

const list = (url: string, method: "GET" | "POST" = "GET") => ({
  operation: `own.groups.${method}` as const,
  service: GROUPS.name,
  method,
  url,
  scopes: [GROUPS_SCOPE],
});

test("a service of one's own shares the token, by the claim of a launch", async () => {
  platform = await scriptedPlatform(({ url }) =>
    url.pathname === "/token" ? grant(GROUPS_SCOPE) : { body: { groups: [{ id: "g1" }] } },
  );
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  const reply = await client.request(list(client.endpointOf(GROUPS).groupsUrl));
  expect(JSON.parse(reply.body)).toEqual({ groups: [{ id: "g1" }] });
  const form = new URLSearchParams(platform.requests[0]?.body);
  expect(form.get("scope")).toBe(GROUPS_SCOPE);
  expect(platform.requests[1]?.headers.authorization).toBe("Bearer token-1");
});

test("swapping to it checks the granted scopes, and a refresh asks for its scopes", async () => {
  platform = await scriptedPlatform(() => grant("https://other.example/scope"));
  const registration = testRegistration(platform.url);
  const { memberships } = testEndpoints(platform.url);
  const client = await authenticate(registration, { memberships }, platform.options);
  expect(() => client.withEndpoints({ own: launched() })).toThrow(ScopeMismatch);
  expect(() => client.endpointOf(GROUPS)).toThrow(ServiceNotOffered);
  const own = await authenticate(registration, { own: launched() }, platform.options);
  await own.forceRefresh();
  const form = new URLSearchParams(platform.requests.at(-1)?.body);
  expect(form.get("scope")).toBe(GROUPS_SCOPE);
});

test("its token goes to no other origin, and nowhere for an address that cannot be used", async () => {
  platform = await scriptedPlatform(() => grant(GROUPS_SCOPE));
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  await expect(client.request(list("https://elsewhere.example/g"))).rejects.toThrow(
    EndpointInvalid,
  );
  const wrong = { own: [ownEndpoint(GROUPS, { groupsUrl: "ftp://lms.example.edu" })] };
  await expect(authenticate(registration, wrong, platform.options)).rejects.toThrow(
    EndpointInvalid,
  );
  expect(platform.requests).toHaveLength(1);
  expect(() => ownEndpoint({ ...GROUPS, name: "grades" }, { groupsUrl: "" })).toThrow(
    EndpointInvalid,
  );
});

test("a lost answer to its POST is an unknown outcome, to its GET it is not", async () => {
  platform = await scriptedPlatform(({ url }) =>
    url.pathname === "/token" ? grant(GROUPS_SCOPE) : { status: 502, body: "" },
  );
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  const { groupsUrl } = client.endpointOf(GROUPS);
  await expect(client.request(list(groupsUrl, "POST"))).rejects.toThrow(UnknownOutcome);
  await expect(client.request(list(groupsUrl))).rejects.toMatchObject({
    code: "lti.platform_unavailable",
  });
});
