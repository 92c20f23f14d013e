import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import {
  AccessTokenExpired,
  AccessTokenRejected,
  EndpointInvalid,
  SCOPE,
  ScopeMismatch,
  ServiceNotOffered,
  authenticate,
  fromAccessToken,
  listMemberships,
  listResults,
} from "#lib/lti/index.ts";
import { ALL_SCOPES, testClient, testEndpoints, testRegistration } from "../support/clients.ts";
import { scriptedPlatform } from "../support/scripted-platform.ts";
import type { ScriptedPlatform, ScriptedReply } from "../support/scripted-platform.ts";

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const grant = (scope: string, n = 1): ScriptedReply => ({
  body: { access_token: `token-${n}`, token_type: "Bearer", expires_in: 3600, scope },
});
const emptyRoster = { body: { id: "x", context: { id: "1" }, members: [] } };

describe("authenticate", () => {
  test("asks once for the union of all services' scopes", async () => {
    platform = await scriptedPlatform(() => grant(ALL_SCOPES.join(" ")));
    const client = await authenticate(
      testRegistration(platform.url),
      testEndpoints(platform.url),
      platform.options,
    );
    expect(platform.requests).toHaveLength(1);
    const form = new URLSearchParams(platform.requests[0]?.body);
    expect(form.get("scope")?.split(" ")).toEqual(ALL_SCOPES);
    expect(client.grantedScopes).toEqual(ALL_SCOPES);
  });

  test.each([
    ["none", {}, ServiceNotOffered],
    ["an address that is none", { memberships: { contextMembershipsUrl: "/x" } }, EndpointInvalid],
    [
      "no announced scope",
      { grades: { lineItemsUrl: "https://a.edu/l", scopes: [] } },
      EndpointInvalid,
    ],
    ["grades without address", { grades: { scopes: [SCOPE.score] } }, ServiceNotOffered],
  ])("refuses %s before any request", async (_case, endpoints, error) => {
    platform = await scriptedPlatform(() => grant(""));
    const registration = testRegistration(platform.url);
    await expect(authenticate(registration, endpoints, platform.options)).rejects.toThrow(error);
    expect(platform.requests).toHaveLength(0);
  });

  test("refuses plain http for a registration that requires https", async () => {
    platform = await scriptedPlatform(() => grant(""));
    const registration = testRegistration("https://lms.example.edu", { allowHttp: false });
    await expect(
      authenticate(registration, testEndpoints(platform.url), platform.options),
    ).rejects.toThrow(EndpointInvalid);
  });
});

describe("ServiceClient", () => {
  test("refresh is the same object while the token is valid", async () => {
    platform = await scriptedPlatform(() => grant(SCOPE.score));
    const client = testClient(platform.url, platform.options);
    expect(await client.refresh()).toBe(client);
    expect(platform.requests).toHaveLength(0);
  });

  test("refresh asks again for the endpoints' scopes, not for those granted last", async () => {
    platform = await scriptedPlatform((_request, n) => grant(n ? ALL_SCOPES.join(" ") : "x", n));
    const { url, options } = platform;
    const client = await authenticate(testRegistration(url), testEndpoints(url), options);
    expect(client.grantedScopes).toEqual(["x"]);
    const renewed = await client.forceRefresh();
    expect(renewed.grantedScopes).toEqual(ALL_SCOPES);
    expect(renewed.requestedScopes).toEqual(ALL_SCOPES);
    expect(renewed.endpoints).toBe(client.endpoints);
    expect(renewed.registration).toBe(client.registration);
    expect(client.grantedScopes).toEqual(["x"]);
  });

  test("refuses calls with an expired token before any request, until refreshed", async () => {
    platform = await scriptedPlatform((r) =>
      r.method === "POST" ? grant(ALL_SCOPES.join(" ")) : emptyRoster,
    );
    const expired = testClient(platform.url, platform.options, { ageMs: 3_600_000 });
    expect(expired.isExpired).toBe(true);
    await expect(listMemberships(expired)).rejects.toThrow(AccessTokenExpired);
    expect(platform.requests).toHaveLength(0);
    const roster = await listMemberships(await expired.refresh());
    expect(roster.complete).toBe(true);
  });

  test("withEndpoints keeps the token and asks nothing", async () => {
    platform = await scriptedPlatform(() => emptyRoster);
    const client = testClient(platform.url, platform.options);
    const other = client.withEndpoints({
      memberships: { contextMembershipsUrl: `${platform.url}/courses/2/memberships` },
    });
    expect(other.accessToken).toBe(client.accessToken);
    await listMemberships(other);
    expect(platform.requests.map(({ target }) => target)).toEqual(["/courses/2/memberships"]);
  });

  test("withEndpoints names needed, granted and missing scopes", async () => {
    platform = await scriptedPlatform(() => emptyRoster);
    const { url, options } = platform;
    const full = testClient(url, options);
    const rosterOnly = fromAccessToken(
      full.registration,
      { memberships: { contextMembershipsUrl: `${url}/m` } },
      testClient(url, options).accessToken,
      options,
    );
    const grades = { grades: { lineItemsUrl: `${url}/l`, scopes: ["urn:other", SCOPE.score] } };
    const error = (() => {
      try {
        return rosterOnly.withEndpoints(grades);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ScopeMismatch);
    expect(error).toMatchObject({
      code: "lti.scope_mismatch",
      needed: ["urn:other", SCOPE.score],
      granted: ALL_SCOPES,
      missing: ["urn:other"],
    });
    expect(platform.requests).toHaveLength(0);
  });

  test("a scope that was not granted stops a call before any request", async () => {
    platform = await scriptedPlatform(() => grant(SCOPE.memberships));
    const { url, options } = platform;
    const client = await authenticate(testRegistration(url), testEndpoints(url), options);
    await expect(listResults(client)).rejects.toThrow(ScopeMismatch);
    expect(client.hasScope(SCOPE.memberships)).toBe(true);
    expect(() => client.requireScope(SCOPE.score)).toThrow(ScopeMismatch);
    expect(() => client.requireAnyScope([SCOPE.score, SCOPE.memberships])).not.toThrow();
    expect(platform.requests).toHaveLength(1);
  });

  test("sends the token to no other origin than the endpoint's", async () => {
    platform = await scriptedPlatform(() => emptyRoster);
    const client = testClient(platform.url, platform.options);
    await expect(
      listResults(client, { lineItemUrl: "https://elsewhere.example.edu/line_items/1" }),
    ).rejects.toThrow(EndpointInvalid);
    expect(platform.requests).toHaveLength(0);
  });

  test("takes a 401 on a token that worked before for its death", async () => {
    platform = await scriptedPlatform((_r, n) => (n === 0 ? emptyRoster : { status: 401 }));
    const client = testClient(platform.url, platform.options);
    await listMemberships(client);
    await expect(listMemberships(client)).rejects.toThrow(AccessTokenRejected);
  });

  test("never shows its token", async () => {
    platform = await scriptedPlatform(() => ({ status: 400, body: "Bearer token-1 token-1" }));
    const client = testClient(platform.url, platform.options);
    const error: unknown = await listMemberships(client).catch((caught: unknown) => caught);
    const shown = [
      JSON.stringify(client),
      inspect(client, { depth: 9 }),
      inspect(error),
      JSON.stringify(error),
    ];
    expect(shown.join("\n")).not.toContain("token-1");
    expect(client.accessToken.token).toBe("token-1");
  });
});
