import { generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import {
  EndpointInvalid,
  GRADES_SCOPES,
  RegistrationInvalid,
  SCOPE,
  ServiceNotOffered,
  endpointsFromClaims,
  scopesFor,
  validateEndpoints,
} from "#lib/lti/index.ts";
import { testRegistration } from "./support/clients.ts";

const LMS = "https://lms.example.edu";

describe("createRegistration", () => {
  test("takes the token endpoint for the audience unless told otherwise", () => {
    expect(testRegistration(LMS)).toMatchObject({
      audience: `${LMS}/token`,
      assertionType: "JWT",
      assertionBackdateS: 0,
    });
  });

  test.each([
    ["issuer", { issuer: "lms.example.edu" }],
    ["issuer", { issuer: `${LMS}/?a=b` }],
    ["issuer", { issuer: `${LMS}/#x` }],
    ["issuer", { issuer: `${LMS}?` }],
    ["clientId", { clientId: " " }],
    ["tokenEndpoint", { tokenEndpoint: "" }],
    ["tokenEndpoint", { tokenEndpoint: "ftp://lms.example.edu/token" }],
    ["tokenEndpoint", { tokenEndpoint: "https://me:pw@lms.example.edu/token" }],
    ["authorizationEndpoint", { authorizationEndpoint: "/auth" }],
    ["jwksUrl", { jwksUrl: "jwks" }],
    ["audience", { audience: "" }],
    ["audience", { audience: [] }],
    ["audience", { audience: [LMS, " "] }],
    ["assertionBackdateS", { assertionBackdateS: -1 }],
    ["assertionBackdateS", { assertionBackdateS: 3_600 }],
  ])("refuses a bad %s: %j", (field, changes) => {
    expect(() => testRegistration(LMS, changes)).toThrow(
      expect.objectContaining({ code: "lti.registration_invalid", field }),
    );
  });

  test.each(["issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUrl"])(
    "wants https for the %s unless http is allowed",
    (field) => {
      const changes = { [field]: "http://lms.example.edu/x" };
      expect(() => testRegistration(LMS, { ...changes, allowHttp: false })).toThrow(
        new RegistrationInvalid(field, "must use https"),
      );
      expect(testRegistration(LMS, { ...changes, allowHttp: true }).allowHttp).toBe(true);
    },
  );

  test("refuses a key that cannot sign RS256", async () => {
    const ec = await generateKeyPair("ES256");
    const rsa = await generateKeyPair("RS256");
    for (const signingKey of [
      { kid: "k", privateKey: ec.privateKey },
      { kid: "k", privateKey: rsa.publicKey },
      { kid: "", privateKey: rsa.privateKey },
    ]) {
      expect(() => testRegistration(LMS, { signingKey })).toThrow(RegistrationInvalid);
    }
  });
});

describe("validateEndpoints", () => {
  const registration = { allowHttp: false };

  test.each([
    ["nothing", {}, ServiceNotOffered],
    ["grades without an address", { grades: { scopes: GRADES_SCOPES } }, ServiceNotOffered],
    ["a relative address", { memberships: { contextMembershipsUrl: "/m" } }, EndpointInvalid],
    ["http", { memberships: { contextMembershipsUrl: "http://a.edu/m" } }, EndpointInvalid],
    ["no scope", { grades: { lineItemUrl: "https://a.edu/l", scopes: [] } }, EndpointInvalid],
    [
      "two scopes in one",
      { grades: { lineItemUrl: "https://a.edu/l", scopes: ["urn:a urn:b"] } },
      EndpointInvalid,
    ],
  ])("refuses %s", (_case, endpoints, error) => {
    expect(() => validateEndpoints(endpoints, registration)).toThrow(error);
  });
});

describe("scopesFor", () => {
  test("names each scope once, rosters first, and only what was announced", () => {
    const endpoints = {
      grades: { lineItemUrl: "https://a.edu/l", scopes: [SCOPE.score, SCOPE.score, "urn:own"] },
      memberships: { contextMembershipsUrl: "https://a.edu/m" },
    };
    expect(scopesFor(endpoints)).toEqual([SCOPE.memberships, SCOPE.score, "urn:own"]);
  });
});

describe("endpointsFromClaims", () => {
  const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
  const AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";

  test("reads both services with the announced scopes [AGS 2.0 §3.1] [NRPS 2.0 §3.6.1]", () => {
    const endpoints = endpointsFromClaims({
      [NRPS]: { context_memberships_url: "https://a.edu/m", service_versions: ["2.0"] },
      [AGS]: { scope: GRADES_SCOPES, lineitems: "https://a.edu/l", lineitem: "https://a.edu/l/1" },
    });
    expect(endpoints).toEqual({
      memberships: { contextMembershipsUrl: "https://a.edu/m" },
      grades: {
        lineItemsUrl: "https://a.edu/l",
        lineItemUrl: "https://a.edu/l/1",
        scopes: GRADES_SCOPES,
      },
    });
  });

  test("takes a blank line item for none, and another version of a roster for none", () => {
    const endpoints = endpointsFromClaims({
      [NRPS]: { context_memberships_url: "https://a.edu/m", service_versions: ["1.0"] },
      [AGS]: { scope: [SCOPE.score, 7], lineitems: "https://a.edu/l", lineitem: "" },
    });
    expect(endpoints).toEqual({
      grades: { lineItemsUrl: "https://a.edu/l", scopes: [SCOPE.score] },
    });
  });

  test("reads scopes that are written as words in one text", () => {
    const claim = { scope: `${SCOPE.score} ${SCOPE.lineItem}`, lineitems: "https://a.edu/l" };
    expect(endpointsFromClaims({ [AGS]: claim }).grades?.scopes).toEqual([
      SCOPE.score,
      SCOPE.lineItem,
    ]);
  });

  test.each([{}, { [AGS]: null, [NRPS]: [] }, { [AGS]: { scope: [] } }])(
    "finds nothing in %j",
    (claims) => {
      expect(endpointsFromClaims(claims)).toEqual({});
    },
  );
});
