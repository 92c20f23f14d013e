import { describe, expect, test } from "vitest";
import { SCOPE, type FaultInput } from "./index.ts";
import { usePlatform } from "./testing/use-platform.ts";

describe("a token endpoint that misbehaves", () => {
  const stage = usePlatform();

  const ask = async (fault: FaultInput) => {
    await stage.platform.misbehave(fault);
    const response = await stage.tool.askToken();
    const text = await response.text();
    return { status: response.status, text, headers: response.headers };
  };

  test.each<[FaultInput, Record<string, unknown>]>([
    [{ kind: "token_lifetime", seconds: 20 }, { expires_in: 20 }],
    [{ kind: "expires_in_reply", as: "string" }, { expires_in: "3600" }],
    [{ kind: "expires_in_reply", as: "absent" }, { expires_in: undefined }],
    [{ kind: "expires_in_reply", as: "garbage" }, { expires_in: "soon" }],
    [{ kind: "expires_in_reply", as: "negative" }, { expires_in: -1 }],
    [{ kind: "expires_in_reply", as: "null" }, { expires_in: null }],
    [{ kind: "expires_in_reply", as: "float" }, { expires_in: 3599.5 }],
    [{ kind: "token_type_reply", as: "bearer" }, { token_type: "bearer" }],
    [{ kind: "token_type_reply", as: "absent" }, { token_type: undefined }],
    [
      { kind: "token_type_reply", as: "misspelt" },
      { token_type: undefined, token_tyoe: "Bearer" },
    ],
    [{ kind: "token_type_reply", as: "MAC" }, { token_type: "MAC" }],
    [{ kind: "scope_in_reply", as: "omitted" }, { scope: undefined }],
    [{ kind: "scope_in_reply", as: "empty" }, { scope: "" }],
    [{ kind: "scope_in_reply", as: "null" }, { scope: null }],
    [{ kind: "scope_in_reply", as: "list" }, { scope: expect.arrayContaining([SCOPE.score]) }],
    [{ kind: "token_reply_body", as: "no_access_token" }, { access_token: undefined }],
  ])("replies as %o", async (fault, expected) => {
    const { status, text } = await ask(fault);

    expect(status).toBe(200);
    const reply = JSON.parse(text) as Record<string, unknown>;
    for (const [name, value] of Object.entries(expected)) expect(reply[name]).toEqual(value);
  });

  test("replies with something that is no token reply", async () => {
    expect((await ask({ kind: "token_reply_body", as: "html" })).text).toMatch(/^<!DOCTYPE html>/);
    expect((await ask({ kind: "token_reply_body", as: "array" })).text).toMatch(/^\[\{/);
    const { text } = await ask({ kind: "token_reply_body", as: "truncated" });
    expect(() => JSON.parse(text)).toThrow();
  });

  test("withholds a scope from the first replies only", async () => {
    const scopes = [SCOPE.score];
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes, times: 1 });

    const first = (await (await stage.tool.askToken()).json()) as { scope: string };
    const second = (await (await stage.tool.askToken()).json()) as { scope: string };

    expect(first.scope.split(" ")).not.toContain(SCOPE.score);
    expect(second.scope.split(" ")).toContain(SCOPE.score);
  });

  test("withholds a scope in truth where the reply does not say it", async () => {
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes: [SCOPE.score] });
    await stage.platform.misbehave({ kind: "scope_in_reply", as: "omitted" });
    stage.token = await stage.tool.token();

    expect((await stage.postScore()).status).toBe(403);
    expect((await stage.readMembers()).status).toBe(200);
  });

  test("lets a token die before the time it named", async () => {
    await stage.platform.misbehave({ kind: "lying_expires_in", realSeconds: 0.2 });
    const reply = (await (await stage.tool.askToken()).json()) as Record<string, unknown>;
    stage.token = String(reply["access_token"]);
    expect(reply["expires_in"]).toBe(3600);
    expect((await stage.readMembers()).status).toBe(200);

    await new Promise((resolve) => setTimeout(resolve, 220));
    expect((await stage.readMembers()).status).toBe(401);
  });

  test("lets a token die after a number of uses", async () => {
    await stage.platform.misbehave({ kind: "token_dies_after_uses", uses: 2 });
    stage.token = await stage.tool.token();

    const statuses = [];
    for (let use = 0; use < 3; use++) statuses.push((await stage.readMembers()).status);

    expect(statuses).toEqual([200, 200, 401]);
  });

  test("says nothing about a token that died", async () => {
    await stage.platform.misbehave({ kind: "dead_token_as", style: "bare_401" });
    stage.token = await stage.tool.token();
    expect((await stage.readMembers()).status).toBe(200);
    await stage.platform.revokeTokens({});

    const reply = await stage.readMembers();
    expect({ status: reply.status, text: await reply.text() }).toEqual({ status: 401, text: "" });
  });

  test("refuses with the error, words and status that were commanded", async () => {
    const refusal = { error: "invalid_client", description: "Invalid JWK", status: 401 };
    const { status, text } = await ask({ kind: "token_error", ...refusal });

    expect(status).toBe(401);
    expect(JSON.parse(text)).toEqual({ error: "invalid_client", error_description: "Invalid JWK" });
  });

  test("refuses the whole request for one unregistered scope", async () => {
    await stage.platform.misbehave({ kind: "strict_scopes" });

    const response = await stage.tool.askToken({ scope: `${SCOPE.score} urn:other` });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_scope" });
  });

  test("wants another audience, breaks on a list, wants another typ", async () => {
    const { platform, tool } = stage;
    await platform.misbehave({ kind: "audience_array_breaks" });
    const list = await tool.askToken({
      claims: { aud: [platform.tokenEndpoint, platform.issuer] },
    });
    expect(list.status).toBe(500);

    await platform.misbehave({ kind: "require_audience", audiences: ["https://auth.example"] });
    const claims = { aud: "https://auth.example" };
    expect([(await tool.askToken()).status, (await tool.askToken({ claims })).status]).toEqual([
      400, 200,
    ]);

    await platform.misbehave({ kind: "require_assertion_typ" });
    const header = { typ: "client-authentication+jwt" };
    expect((await tool.askToken({ claims })).status).toBe(400);
    expect((await tool.askToken({ claims, header })).status).toBe(200);
  });

  test("fetches the tool's keys for every request", async () => {
    await stage.platform.misbehave({ kind: "refetch_tool_jwks" });
    await stage.tool.token();
    await stage.tool.token();

    expect(await stage.platform.counts()).toMatchObject({ toolJwksFetches: 2 });
  });

  test("finds an assertion from the future by its own slow clock", async () => {
    const { status, text, headers } = await ask({ kind: "clock_skew", seconds: -600 });

    expect(status).toBe(400);
    expect(text).toContain("iat is in the future");
    expect(Date.parse(headers.get("date") ?? "")).toBeLessThan(Date.now() - 590_000);
  });
});
