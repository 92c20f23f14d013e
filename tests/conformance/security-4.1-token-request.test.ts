import { describe, expect, test } from "vitest";
import {
  GRADES_SCOPES,
  SCOPE,
  ScopeMismatch,
  TokenRefused,
  listLineItems,
  listMemberships,
  listResults,
  postScore,
} from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

describe("Security Framework 1.0 §4.1 OAuth 2.0 client-credentials grant", () => {
  const stage = useServiceStage();

  test("asks with one form-urlencoded POST of four parameters and no credentials", async () => {
    await stage.connect();
    const [request, ...others] = await stage.sent({ route: "token" });
    expect(others).toEqual([]);
    expect(request).toMatchObject({ method: "POST", path: "/token", query: "", status: 200 });
    expect(request?.headers).toMatchObject({
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    });
    expect(request?.headers).not.toHaveProperty("authorization");
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "redacted",
      scope: [SCOPE.memberships, ...GRADES_SCOPES].join(" "),
    });
  });

  test("asks for each scope once, and for none that no endpoint announced", async () => {
    const { memberships, grades } = stage.endpoints;
    const scopes = [SCOPE.score, SCOPE.lineItem, SCOPE.score];
    await stage.connect({ endpoints: { memberships, grades: { ...grades, scopes } } });
    const [request] = await stage.sent({ route: "token" });
    const asked = new URLSearchParams(request?.body).get("scope");
    expect(asked).toBe(`${SCOPE.memberships} ${SCOPE.score} ${SCOPE.lineItem}`);
  });

  test("uses one token for every service until it expires", async () => {
    const client = await stage.connect();
    await listMemberships(client, { limit: 3 });
    await listLineItems(client);
    await postScore(client, scoreFor(stage.learners[0]));
    await listResults(client);
    const { tokenRequests, requests } = await stage.platform.counts();
    expect(tokenRequests).toBe(1);
    expect(requests).toBe(8);
    const services = (await stage.sent()).filter(({ route }) => route !== "token");
    const [issued] = (await stage.platform.tokens()).slice(-1);
    expect(new Set(services.map(({ headers }) => headers["authorization"]))).toEqual(
      new Set([`Bearer sha256:${issued?.fingerprint}`]),
    );
  });

  test("takes from the reply which scopes were granted, and sends nothing for another", async () => {
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes: [SCOPE.score] });
    const client = await stage.connect();
    expect(client.grantedScopes).not.toContain(SCOPE.score);
    await expect(postScore(client, scoreFor(stage.learners[0]))).rejects.toThrow(ScopeMismatch);
    expect(await stage.sent({ route: "scores" })).toEqual([]);
    expect(await listMemberships(client)).toMatchObject({ complete: true });
  });

  test("takes the scopes for granted as asked where the reply names none", async () => {
    await stage.platform.misbehave({ kind: "scope_in_reply", as: "omitted" });
    const client = await stage.connect();
    expect(client.grantedScopes).toEqual([SCOPE.memberships, ...GRADES_SCOPES]);
  });

  test.each([
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
  ])("reports the refusal %s in the platform's words, and does not ask again", async (error) => {
    await stage.platform.misbehave({ kind: "token_error", error, description: "ask the admin" });
    const asking = stage.connect();
    await expect(asking).rejects.toThrow(TokenRefused);
    await expect(asking).rejects.toMatchObject({
      status: 400,
      error,
      description: "ask the admin",
    });
    expect(await stage.sent({ route: "token" })).toHaveLength(1);
  });
});
