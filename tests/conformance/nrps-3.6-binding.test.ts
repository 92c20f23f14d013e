import { describe, expect, test } from "vitest";
import {
  InsufficientScope,
  SCOPE,
  ScopeMismatch,
  createAccessToken,
  endpointsFromClaims,
  fromAccessToken,
  listMemberships,
  scopesFor,
} from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
const MEMBERSHIPS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly";

describe("NRPS 2.0 §3.6.1.1 Claim for inclusion in LTI messages", () => {
  const stage = useServiceStage();

  test("finds the endpoint in the claim, and reads the roster there", async () => {
    const claim = {
      context_memberships_url: stage.course.membershipsUrl,
      service_versions: ["2.0"],
    };
    const endpoints = endpointsFromClaims({ [CLAIM]: claim });
    const client = await stage.connect({ endpoints });
    expect(await listMemberships(client)).toMatchObject({ complete: true });
  });

  test("finds none where the platform does not serve version 2.0", () => {
    const claim = { context_memberships_url: "https://a.edu/m", service_versions: ["1.0"] };
    expect(endpointsFromClaims({ [CLAIM]: claim })).toEqual({});
  });
});

describe("NRPS 2.0 §3.6.1.2 Scope and service security", () => {
  const stage = useServiceStage();

  test("asks for the scope of the service and sends the token with every page", async () => {
    const { memberships } = stage.endpoints;
    expect(scopesFor({ memberships })).toEqual([MEMBERSHIPS]);
    const client = await stage.connect({ endpoints: { memberships } });
    await listMemberships(client, { limit: 4 });
    const [token] = await stage.sent({ route: "token" });
    expect(new URLSearchParams(token?.body).get("scope")).toBe(MEMBERSHIPS);
    const pages = await stage.sent({ route: "memberships" });
    expect(pages).toHaveLength(3);
    expect(pages.every(({ headers }) => headers["authorization"]?.startsWith("Bearer "))).toBe(
      true,
    );
  });

  test("sends nothing without the scope", async () => {
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes: [MEMBERSHIPS] });
    const client = await stage.connect();
    await expect(listMemberships(client)).rejects.toThrow(ScopeMismatch);
    expect(await stage.sent({ route: "memberships" })).toEqual([]);
  });

  test("knows it for a missing scope when the platform says so", async () => {
    const { grades, memberships } = stage.endpoints;
    const granted = await stage.connect({ endpoints: { grades } });
    const claimed = createAccessToken({
      ...granted.accessToken,
      token: granted.accessToken.token,
      grantedScopes: [SCOPE.memberships],
    });
    const { registration, options } = stage;
    const client = fromAccessToken(registration, { memberships }, claimed, options);
    const reading = listMemberships(client);
    await expect(reading).rejects.toThrow(InsufficientScope);
    await expect(reading).rejects.toMatchObject({ scope: MEMBERSHIPS });
  });
});
