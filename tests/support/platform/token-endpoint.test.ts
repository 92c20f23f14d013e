import { randomUUID } from "node:crypto";
import { decodeJwt, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SCOPE, startPlatform, type PlatformClient } from "./index.ts";
import { Tool } from "./testing/tool.ts";

describe("the token endpoint", () => {
  let platform: PlatformClient;
  let tool: Tool;

  beforeAll(async () => {
    platform = await startPlatform();
  });
  beforeEach(async () => {
    await platform.reset();
    tool = await Tool.register(platform);
  });
  afterAll(() => platform.stop());

  test("grants what was asked and says so", async () => {
    const response = await tool.askToken({ scope: `${SCOPE.score} ${SCOPE.memberships}` });

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: "Bearer",
      expires_in: 3600,
      scope: `${SCOPE.score} ${SCOPE.memberships}`,
    });
    expect(await platform.counts()).toMatchObject({ tokenRequests: 1, tokensIssued: 1 });
  });

  test("grants the intersection of asked and allowed scopes", async () => {
    const limited = await Tool.register(platform, { allowedScopes: [SCOPE.score] });

    const some = await limited.askToken({ scope: `${SCOPE.score} ${SCOPE.memberships}` });
    const none = await limited.askToken({ scope: SCOPE.memberships });

    expect(await some.json()).toMatchObject({ scope: SCOPE.score });
    expect(none.status).toBe(400);
    expect(await none.json()).toMatchObject({ error: "invalid_scope" });
  });

  test("refuses an empty scope", async () => {
    const response = await tool.askToken({ scope: "" });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_scope" });
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each([
    ["another issuer", () => ({ claims: { iss: "someone" } }), /unknown client/],
    ["a sub that is not the client", () => ({ claims: { sub: "someone" } }), /sub/],
    ["another audience", () => ({ claims: { aud: "https://elsewhere.example" } }), /aud/],
    ["a time of issue in the future", () => ({ claims: { iat: now() + 30 } }), /future/],
    ["a time of issue long ago", () => ({ claims: { iat: now() - 400 } }), /five minutes/],
    ["an expired assertion", () => ({ claims: { exp: now() - 1 } }), /expired/],
    ["no jti", () => ({ claims: { jti: undefined } }), /jti/],
    ["an unknown key", () => ({ header: { kid: "another" } }), /signature/],
    ["something that is no JWT", () => ({ form: { client_assertion: "x" } }), /JWT/],
  ])("refuses %s", async (_name, ask, words) => {
    const response = await tool.askToken(ask());

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: "invalid_client",
      error_description: expect.stringMatching(words),
    });
    expect(await platform.counts()).toMatchObject({ tokensIssued: 0 });
  });

  test("refuses a signature by another key under the right kid", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const claims = decodeJwt(await tool.assertion());
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: tool.kid })
      .sign(privateKey);

    const response = await tool.askToken({ form: { client_assertion: forged } });

    expect(await response.json()).toMatchObject({ error_description: "JWS signature invalid" });
  });

  test("takes each jti once, even when sent twice at the same time", async () => {
    const claims = { jti: randomUUID() };

    const responses = await Promise.all([tool.askToken({ claims }), tool.askToken({ claims })]);

    expect(responses.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test("accepts the issuer as audience where the registration says so, alone or in a list", async () => {
    const strict = await Tool.register(platform, { audiences: ["issuer"] });

    const byIssuer = await strict.askToken({ claims: { aud: platform.issuer } });
    const byList = await strict.askToken({ claims: { aud: ["x", platform.issuer] } });
    const byEndpoint = await strict.askToken();

    expect([byIssuer.status, byList.status, byEndpoint.status]).toEqual([200, 200, 400]);
  });

  test.each([
    ["GET", { method: "GET" }, 405, "invalid_request"],
    ["JSON", { method: "POST", body: "{}" }, 400, "invalid_request"],
    ["no grant type", { method: "POST", body: new URLSearchParams() }, 400, "invalid_request"],
    [
      "a password grant",
      { method: "POST", body: new URLSearchParams({ grant_type: "password" }) },
      400,
      "unsupported_grant_type",
    ],
  ])("refuses %s", async (_name, init, status, error) => {
    const response = await fetch(platform.tokenEndpoint, init);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
  });

  test("fetches the tool's keys once, and again for a new kid", async () => {
    await tool.askToken();
    await tool.askToken();
    expect(await platform.counts()).toMatchObject({ toolJwksFetches: 1 });

    await tool.askToken({ header: { kid: "rotated" } });
    expect(await platform.counts()).toMatchObject({ toolJwksFetches: 2 });
  });

  test("says so when the tool's keys cannot be read", async () => {
    const lost = await Tool.register(platform, { jwksUrl: `${platform.url}/nowhere` });

    const response = await lost.askToken();

    expect(await response.json()).toMatchObject({
      error_description: expect.stringMatching(/JWKS could not be read/),
    });
  });

  test("logs the assertion's claims and no secret", async () => {
    await tool.token();

    const [request] = await platform.requests({ route: "token" });
    expect(request?.assertion?.claims).toMatchObject({ iss: tool.clientId });
    expect(request?.body).toContain("client_assertion=redacted");
  });
});
