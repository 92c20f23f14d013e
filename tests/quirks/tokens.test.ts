import { describe, expect, test } from "vitest";
import {
  AccessTokenExpired,
  EndpointInvalid,
  RateLimited,
  SCOPE,
  TokenRefused,
  listMemberships,
  streamMemberships,
} from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("tokens that die", () => {
  const stage = useServiceStage();

  test("a stale token is not used [1EdTech/lti-1-3-php-library#55, pylti1.3#89, ltijs#8]", async () => {
    await stage.platform.misbehave({ kind: "token_lifetime", seconds: 60 });
    let now = new Date();
    const client = await stage.connect({ options: { now: () => now } });
    now = new Date(now.getTime() + 60_000);
    await expect(listMemberships(client)).rejects.toThrow(AccessTokenExpired);
    expect(await stage.sent({ route: "memberships" })).toEqual([]);
  });

  test("a token that dies on the way is replaced, and the walk goes on [ltijs#179, packbackbooks/lti-1-3-php-library#20]", async () => {
    await stage.platform.misbehave({ kind: "token_dies_after_uses", uses: 2 });
    const client = await stage.connect();
    const seen: string[] = [];
    const renew = () => stage.connect();
    for await (const page of streamMemberships(client, { limit: 3, renew })) {
      seen.push(...page.memberships.map(({ userId }) => userId));
    }
    expect(new Set(seen).size).toBe(12);
    expect(await stage.sent({ route: "token" })).toHaveLength(2);
  });

  test("a token that dies without a word from the platform is replaced as well [ltijs#179]", async () => {
    await stage.platform.misbehave({ kind: "token_dies_after_uses", uses: 2 });
    await stage.platform.misbehave({ kind: "dead_token_as", style: "bare_401" });
    const renew = () => stage.connect();
    const roster = await listMemberships(await stage.connect(), { limit: 3, renew });
    expect(roster.memberships).toHaveLength(12);
    expect(await stage.sent({ route: "token" })).toHaveLength(2);
  });

  test("a throttled token endpoint says when to come again [numbas-lti-provider#345, #349, hypothesis/lms#5447, oat-sa/lib-lti1p3-core#186]", async () => {
    await stage.platform.misbehave({ kind: "rate_limited", route: "token", retryAfterSec: 30 });
    const asking = stage.connect();
    await expect(asking).rejects.toThrow(RateLimited);
    const { retryAt } = (await asking.catch((error: unknown) => error)) as RateLimited;
    expect(retryAt.getTime()).toBeGreaterThan(Date.now() + 25_000);
    expect(await stage.sent({ route: "token" })).toHaveLength(1);
  });

  test("two clients of one issuer have tokens of their own [pylti1p3next#55]", async () => {
    const { jwksUrl } = await stage.platform.hostToolJwks({ name: "b", jwks: { keys: [] } });
    const { clientId } = await stage.platform.addRegistration({ jwksUrl });
    const asking = stage.connect({ registration: { clientId } });
    await expect(asking).rejects.toMatchObject({ error: "invalid_client" });
    await stage.connect();
    const [first, second] = await stage.sent({ route: "token" });
    expect([first?.clientId, second?.clientId]).toEqual([clientId, stage.registration.clientId]);
  });

  test("stored endpoints are enough, without any launch [ltijs#85, ltijs#140, CircuitVerse#7764]", async () => {
    const stored = JSON.parse(JSON.stringify(stage.endpoints)) as typeof stage.endpoints;
    const client = await stage.connect({ endpoints: stored });
    expect(await listMemberships(client)).toMatchObject({ complete: true });
  });

  test("stored endpoints without their scopes are refused before anything is sent [Ltix, hole 8]", async () => {
    const grades = { ...stage.endpoints.grades, scopes: [] };
    await expect(stage.connect({ endpoints: { grades } })).rejects.toThrow(EndpointInvalid);
    expect(await stage.sent()).toEqual([]);
  });
});

describe("what token endpoints demand", () => {
  const stage = useServiceStage();

  test.each([
    ["Learn-LTI#156", "token_endpoint", undefined],
    ["Simon-Initiative/lti_1p3#10", "https://auth.example.edu", "https://auth.example.edu"],
    ["canvas-lms#1925: a trailing slash", "https://a.edu/token/", "https://a.edu/token/"],
  ])("the audience is what the platform agreed to [%s]", async (_source, agreed, audience) => {
    await stage.platform.misbehave({ kind: "require_audience", audiences: [agreed] });
    const wrong = stage.connect({ registration: { audience: "https://a.edu/token" } });
    await expect(wrong).rejects.toMatchObject({ error: "invalid_client" });
    await stage.connect({
      registration: { audience: audience ?? stage.registration.tokenEndpoint },
    });
  });

  test("an audience of one is sent as text, because lists break Brightspace [oat-sa/lib-lti1p3-core#187]", async () => {
    await stage.platform.misbehave({ kind: "audience_array_breaks" });
    await stage.connect();
    const [request] = await stage.sent({ route: "token" });
    expect(request?.assertion?.claims).toMatchObject({ aud: stage.registration.tokenEndpoint });
    const { tokenEndpoint: own } = stage.registration;
    const asking = stage.connect({ registration: { audience: [own, "https://other.edu"] } });
    await expect(asking).rejects.toMatchObject({ code: "lti.platform_unavailable", status: 500 });
  });

  test("typ is a setting of the registration [RFC 10070]", async () => {
    await stage.platform.misbehave({ kind: "require_assertion_typ" });
    await expect(stage.connect()).rejects.toThrow(TokenRefused);
    await stage.connect({ registration: { assertionType: "client-authentication+jwt" } });
  });

  test("iss and sub are the client ID [1EdTech/lti-1-3-php-library#34, D2L kb 23661]", async () => {
    await stage.connect();
    const [request] = await stage.sent({ route: "token" });
    const { clientId } = stage.registration;
    expect(request?.assertion?.claims).toMatchObject({ iss: clientId, sub: clientId });
  });

  test("a key that the platform cannot find is told in its own words [pylti1.3#21, pylti1.3#48, canvas-lms#1613]", async () => {
    await stage.platform.misbehave({ kind: "refetch_tool_jwks" });
    const { signingKey } = stage.registration;
    const asking = stage.connect({
      registration: { signingKey: { ...signingKey, kid: "never-published" } },
    });
    await expect(asking).rejects.toMatchObject({
      error: "invalid_client",
      description: "JWS signature invalid",
    });
  });

  test("an unregistered scope refuses the whole request, and is named [code-dot-org#53850, code-dot-org#59010, ltijs#148]", async () => {
    await stage.platform.misbehave({ kind: "strict_scopes" });
    const grades = { ...stage.endpoints.grades, scopes: [SCOPE.score, "https://x.edu/scope/own"] };
    await expect(stage.connect({ endpoints: { grades } })).rejects.toMatchObject({
      error: "invalid_scope",
      description: expect.stringContaining("https://x.edu/scope/own"),
    });
  });

  test("only announced scopes are asked for [ltijs#268, pylti1.3#68, pylti1.3#103]", async () => {
    await stage.platform.misbehave({ kind: "strict_scopes" });
    const grades = { ...stage.endpoints.grades, scopes: [SCOPE.lineItem] };
    await stage.connect({ endpoints: { grades } });
    const [request] = await stage.sent({ route: "token" });
    expect(new URLSearchParams(request?.body).get("scope")).toBe(SCOPE.lineItem);
  });

  test("a clock that runs ahead of Moodle's is helped by backdating [Moodle 4.5.6 observed]", async () => {
    await stage.platform.misbehave({ kind: "clock_skew", seconds: -3 });
    await expect(stage.connect()).rejects.toMatchObject({ description: "iat is in the future" });
    await stage.connect({ registration: { assertionBackdateS: 5 } });
  });

  test("one registration serves many deployments [Simon-Initiative/oli-torus#1979]", async () => {
    for (const deploymentId of ["1", "2"]) await stage.connect({ registration: { deploymentId } });
    const ids = (await stage.sent({ route: "token" })).map(({ clientId }) => clientId);
    expect(new Set(ids).size).toBe(1);
  });

  test("an issuer is kept to the letter, trailing slash and all [hypothesis/lms#4304, #3690]", async () => {
    const issuer = `${stage.platform.issuer}/`;
    await stage.platform.misbehave({ kind: "require_audience", audiences: [issuer] });
    const client = await stage.connect({ registration: { issuer, audience: issuer } });
    expect(client.registration.issuer).toBe(issuer);
  });
});

describe("token replies", () => {
  const stage = useServiceStage();

  test.each(["bearer", "BEARER", "absent", "misspelt"] as const)(
    "a token_type that is %s is Bearer, and sent as Bearer [ltijs 5.6.5]",
    async (as) => {
      await stage.platform.misbehave({ kind: "token_type_reply", as });
      await listMemberships(await stage.connect());
      const [request] = await stage.sent({ route: "memberships" });
      expect(request?.headers["authorization"]).toMatch(/^Bearer /);
    },
  );

  test.each([
    ["string", 3_600],
    ["float", 3_599.5],
    ["absent", 3_600],
    ["null", 3_600],
  ] as const)("expires_in as %s is read [Ltix: crashes on text]", async (as, seconds) => {
    await stage.platform.misbehave({ kind: "expires_in_reply", as });
    const { obtainedAt, expiresAt } = (await stage.connect()).accessToken;
    expect((expiresAt.getTime() - obtainedAt.getTime()) / 1_000).toBe(seconds);
  });

  test.each(["garbage", "negative"] as const)(
    "expires_in as %s is refused instead of guessed [Ltix: crashes on text]",
    async (as) => {
      await stage.platform.misbehave({ kind: "expires_in_reply", as });
      await expect(stage.connect()).rejects.toMatchObject({ path: "expires_in" });
    },
  );

  test.each(["omitted", "list", "null"] as const)(
    "scope as %s is read [RFC 6749 §5.1; Ltix: crashes on a list]",
    async (as) => {
      await stage.platform.misbehave({ kind: "scope_in_reply", as });
      expect(await listMemberships(await stage.connect())).toMatchObject({ complete: true });
    },
  );

  test.each(["html", "truncated", "array", "no_access_token"] as const)(
    "a reply that is %s is refused with a typed error [gateways before every LMS]",
    async (as) => {
      await stage.platform.misbehave({ kind: "token_reply_body", as });
      await expect(stage.connect()).rejects.toMatchObject({ code: "lti.token_reply_malformed" });
    },
  );
});
