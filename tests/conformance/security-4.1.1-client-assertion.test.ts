import { describe, expect, test } from "vitest";
import { useServiceStage } from "#tests/support/service-stage.ts";
import type { ServiceStage } from "#tests/support/service-stage.ts";

type Assertion = { header: Record<string, unknown>; claims: Record<string, unknown> };

/** The assertions that the platform was sent, decoded by it. */
async function assertions(stage: ServiceStage): Promise<Assertion[]> {
  const requests = await stage.sent({ route: "token" });
  return requests.map(({ assertion }) => assertion as Assertion);
}

describe("Security Framework 1.0 §4.1.1 JSON Web Tokens with the client-credentials grant", () => {
  const stage = useServiceStage();

  test("names its client as issuer and subject, and the token endpoint as audience", async () => {
    const { clientId, tokenEndpoint } = stage.registration;
    await stage.connect();
    const [assertion] = await assertions(stage);
    expect(assertion?.claims).toEqual({
      iss: clientId,
      sub: clientId,
      aud: tokenEndpoint,
      iat: expect.any(Number),
      exp: expect.any(Number),
      jti: expect.stringMatching(/^[\x21-\x7e]{16,}$/),
    });
  });

  test("is created now and good for five minutes", async () => {
    const now = Math.floor(Date.now() / 1_000);
    await stage.connect();
    const [assertion] = await assertions(stage);
    const { iat, exp } = assertion?.claims as { iat: number; exp: number };
    expect(iat - now).toBeGreaterThanOrEqual(0);
    expect(iat - now).toBeLessThanOrEqual(2);
    expect(exp - iat).toBe(300);
  });

  test("has a jti of its own each time", async () => {
    await Promise.all([stage.connect(), stage.connect(), stage.connect()]);
    const ids = (await assertions(stage)).map(({ claims }) => claims["jti"]);
    expect(new Set(ids).size).toBe(3);
  });

  test("is signed with RS256 by the published key that its header names", async () => {
    // The platform verifies the signature against the tool's JWKS before it answers 200.
    await stage.connect();
    const [assertion] = await assertions(stage);
    expect(assertion?.header).toEqual({
      alg: "RS256",
      typ: "JWT",
      kid: stage.registration.signingKey.kid,
    });
  });

  test.each([
    ["one text", "https://auth.example.edu/oauth2"],
    ["a list", ["https://auth.example.edu/oauth2", "https://other.example.edu"]],
  ])("has the audience that was agreed out of band, as %s", async (_case, audience) => {
    await stage.platform.misbehave({
      kind: "require_audience",
      audiences: ["https://auth.example.edu/oauth2"],
    });
    await expect(stage.connect()).rejects.toMatchObject({ error: "invalid_client" });
    await stage.connect({ registration: { audience } });
    expect((await assertions(stage)).at(-1)?.claims["aud"]).toEqual(audience);
  });
});

describe("LTI Core 1.3 §6.2.1 Deployment ID in the client assertion", () => {
  const stage = useServiceStage();
  const claim = "https://purl.imsglobal.org/spec/lti/claim/deployment_id";

  test("is there where the registration names a deployment, and only there", async () => {
    await stage.connect({ registration: { deploymentId: "1" } });
    await stage.connect();
    const claims = (await assertions(stage)).map((assertion) => assertion.claims[claim]);
    expect(claims).toEqual(["1", undefined]);
  });
});

describe("RFC 10070 Client assertions with an explicit type", () => {
  const stage = useServiceStage();

  test("names its type and the issuer as its only audience where a registration says so", async () => {
    await stage.platform.misbehave({ kind: "require_assertion_typ" });
    await stage.platform.misbehave({ kind: "require_audience", audiences: ["issuer"] });
    await expect(stage.connect()).rejects.toMatchObject({ error: "invalid_client" });
    const { issuer } = stage.registration;
    const assertionType = "client-authentication+jwt";
    await stage.connect({ registration: { audience: issuer, assertionType } });
    const assertion = (await assertions(stage)).at(-1);
    expect(assertion?.header["typ"]).toBe(assertionType);
    expect(assertion?.claims["aud"]).toBe(issuer);
  });
});
