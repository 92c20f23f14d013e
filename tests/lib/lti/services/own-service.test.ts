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

type SeatsEndpoint = { seatsUrl: string };

const SEATS_SCOPE = "https://lms.example.edu/scope/seats.readonly";
const SEATS_CLAIM = "https://lms.example.edu/claim/seats";

/** A service of one platform alone. */
const SEATS: Service<SeatsEndpoint> = {
  name: "seats",
  claim: SEATS_CLAIM,
  fromClaim: (value) => {
    const { seats_url: seatsUrl } = value as { seats_url?: string };
    return seatsUrl === undefined ? undefined : { seatsUrl };
  },
  scopes: () => [SEATS_SCOPE],
  addresses: ({ seatsUrl }) => ({ seatsUrl }),
};

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const grant = (scope: string): ScriptedReply => ({
  body: { access_token: "token-1", token_type: "Bearer", expires_in: 3600, scope },
});

const launched = () =>
  ownEndpointsFromClaims(
    { [SEATS_CLAIM]: { seats_url: `${platform.url}/courses/1/seats` } },
    SEATS,
  );

const list = (url: string, method: "GET" | "POST" = "GET") => ({
  operation: `own.seats.${method}` as const,
  service: SEATS.name,
  method,
  url,
  scopes: [SEATS_SCOPE],
});

test("a service of one's own shares the token, by the claim of a launch", async () => {
  platform = await scriptedPlatform(({ url }) =>
    url.pathname === "/token" ? grant(SEATS_SCOPE) : { body: { groups: [{ id: "g1" }] } },
  );
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  const reply = await client.request(list(client.endpointOf(SEATS).seatsUrl));
  expect(JSON.parse(reply.body)).toEqual({ groups: [{ id: "g1" }] });
  const form = new URLSearchParams(platform.requests[0]?.body);
  expect(form.get("scope")).toBe(SEATS_SCOPE);
  expect(platform.requests[1]?.headers.authorization).toBe("Bearer token-1");
});

test("swapping to it checks the granted scopes, and a refresh asks for its scopes", async () => {
  platform = await scriptedPlatform(() => grant("https://other.example/scope"));
  const registration = testRegistration(platform.url);
  const { memberships } = testEndpoints(platform.url);
  const client = await authenticate(registration, { memberships }, platform.options);
  expect(() => client.withEndpoints({ own: launched() })).toThrow(ScopeMismatch);
  expect(() => client.endpointOf(SEATS)).toThrow(ServiceNotOffered);
  const own = await authenticate(registration, { own: launched() }, platform.options);
  await own.forceRefresh();
  const form = new URLSearchParams(platform.requests.at(-1)?.body);
  expect(form.get("scope")).toBe(SEATS_SCOPE);
});

test("its token goes to no other origin, and nowhere for an address that cannot be used", async () => {
  platform = await scriptedPlatform(() => grant(SEATS_SCOPE));
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  await expect(client.request(list("https://elsewhere.example/g"))).rejects.toThrow(
    EndpointInvalid,
  );
  const wrong = { own: [ownEndpoint(SEATS, { seatsUrl: "ftp://lms.example.edu" })] };
  await expect(authenticate(registration, wrong, platform.options)).rejects.toThrow(
    EndpointInvalid,
  );
  expect(platform.requests).toHaveLength(1);
  expect(() => ownEndpoint({ ...SEATS, name: "grades" }, { seatsUrl: "" })).toThrow(
    EndpointInvalid,
  );
});

test("a lost answer to its POST is an unknown outcome, to its GET it is not", async () => {
  platform = await scriptedPlatform(({ url }) =>
    url.pathname === "/token" ? grant(SEATS_SCOPE) : { status: 502, body: "" },
  );
  const registration = testRegistration(platform.url);
  const client = await authenticate(registration, { own: launched() }, platform.options);
  const { seatsUrl } = client.endpointOf(SEATS);
  await expect(client.request(list(seatsUrl, "POST"))).rejects.toThrow(UnknownOutcome);
  await expect(client.request(list(seatsUrl))).rejects.toMatchObject({
    code: "lti.platform_unavailable",
  });
});
