import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { createClientAssertion, publicJwks } from "#lib/lti/index.ts";
import { testKey, testRegistration } from "../support/clients.ts";

const NOW = new Date("2026-03-01T10:00:00.900Z");
const NOW_S = Math.floor(NOW.getTime() / 1_000);
const jwks = createLocalJWKSet(publicJwks([testKey.publicJwk]));

describe("createClientAssertion", () => {
  test("signs the claims that the Security Framework demands [Security Framework 1.0 §4.1.1]", async () => {
    const { jwt } = await createClientAssertion(testRegistration("https://lms.example.edu"), NOW);
    const { payload, protectedHeader } = await jwtVerify(jwt, jwks, { currentDate: NOW });
    expect(protectedHeader).toEqual({ alg: "RS256", kid: testKey.kid, typ: "JWT" });
    expect(payload).toEqual({
      iss: "client-1",
      sub: "client-1",
      aud: "https://lms.example.edu/token",
      iat: NOW_S,
      exp: NOW_S + 300,
      jti: expect.stringMatching(/^[\w-]{16,}$/),
    });
  });

  test("never claims to be from the future", async () => {
    const { claims } = await createClientAssertion(testRegistration("https://a.edu"), NOW);
    expect(claims.iat * 1_000).toBeLessThanOrEqual(NOW.getTime());
  });

  test("is unlike any other", async () => {
    const registration = testRegistration("https://a.edu");
    const many = await Promise.all(
      Array.from({ length: 20 }, () => createClientAssertion(registration, NOW)),
    );
    expect(new Set(many.map(({ claims }) => claims.jti)).size).toBe(20);
  });

  test.each([
    ["another value", "https://auth.example.edu"],
    ["a list", ["https://lms.example.edu", "https://lms.example.edu/token"]],
  ])("takes %s as audience [Learn-LTI#156, oat-sa#187]", async (_case, audience) => {
    const registration = testRegistration("https://lms.example.edu", { audience });
    const { claims } = await createClientAssertion(registration, NOW);
    expect(claims.aud).toEqual(audience);
  });

  test("keeps the issuer's trailing slash [canvas-lms#1925, hypothesis#4304]", async () => {
    const audience = "https://lms.example.edu/";
    const { claims } = await createClientAssertion(
      testRegistration(audience, { tokenEndpoint: "https://lms.example.edu/t", audience }),
      NOW,
    );
    expect(claims.aud).toBe("https://lms.example.edu/");
  });

  test("takes another typ, a deployment and an earlier time where a platform wants them", async () => {
    const registration = testRegistration("https://lms.example.edu", {
      assertionType: "client-authentication+jwt",
      assertionBackdateS: 5,
      deploymentId: "d-1",
    });
    const { header, claims } = await createClientAssertion(registration, NOW);
    expect(header.typ).toBe("client-authentication+jwt");
    expect(claims).toMatchObject({
      iat: NOW_S - 5,
      exp: NOW_S + 295,
      "https://purl.imsglobal.org/spec/lti/claim/deployment_id": "d-1",
    });
  });
});
