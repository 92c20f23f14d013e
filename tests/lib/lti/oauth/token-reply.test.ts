import { describe, expect, test } from "vitest";
import { TokenRefused, TokenReplyMalformed, isTokenExpired, safetyMs } from "#lib/lti/index.ts";
import { parseTokenReply } from "#lib/lti/oauth/token-reply.ts";

const SENT_AT = new Date("2026-03-01T10:00:00.000Z");
const ASKED = ["urn:a", "urn:b"];
const GOOD = { access_token: "abc", token_type: "Bearer", expires_in: 3600, scope: "urn:a urn:b" };

const parse = (reply: unknown) =>
  parseTokenReply(typeof reply === "string" ? reply : JSON.stringify(reply), {
    scopes: ASKED,
    sentAt: SENT_AT,
  });
const lifetimeS = (reply: unknown) => {
  const { obtainedAt, expiresAt } = parse(reply);
  return (expiresAt.getTime() - obtainedAt.getTime()) / 1_000;
};

describe("parseTokenReply", () => {
  test("reads a plain reply, counting from before the request was sent", () => {
    const token = parse(GOOD);
    expect(token).toEqual({
      requestedScopes: ASKED,
      grantedScopes: ASKED,
      obtainedAt: SENT_AT,
      expiresAt: new Date("2026-03-01T11:00:00.000Z"),
    });
    expect(token.token).toBe("abc");
    expect(Object.keys(token)).not.toContain("token");
  });

  test("reads a reply that begins with a byte order mark", () => {
    expect(parse(`\ufeff${JSON.stringify(GOOD)}`).token).toBe("abc");
  });

  test("keeps no assertion that a refusal in the clothes of a success repeats", () => {
    const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln";
    const act = () => parse({ error: `bad ${jwt}`, error_description: `not ${jwt}` });
    expect(act).toThrow(
      expect.objectContaining({ error: "bad [redacted]", description: "not [redacted]" }),
    );
  });

  test("cuts the words of a refusal that are too long to show", () => {
    const refusal = { error: "e".repeat(5_000), error_description: "d".repeat(5_000_000) };
    try {
      parse(refusal);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TokenRefused);
      expect((error as TokenRefused).error).toHaveLength(200);
      expect((error as TokenRefused).description).toHaveLength(2_000);
    }
  });

  test.each([
    ["absent means as asked [RFC 6749 §5.1]", undefined, ASKED],
    ["null means as asked", null, ASKED],
    ["a subset", "urn:b", ["urn:b"]],
    ["more than asked", "urn:a urn:b urn:c", ["urn:a", "urn:b", "urn:c"]],
    ["odd white space", "  urn:a \n\turn:b ", ASKED],
    ["a list", ["urn:a", "urn:b"], ASKED],
    ["empty means nothing", "", []],
  ])("scope: %s", (_case, scope, granted) => {
    expect(parse({ ...GOOD, scope }).grantedScopes).toEqual(granted);
  });

  test.each([
    ["absent means an hour", undefined, 3_600],
    ["null means an hour", null, 3_600],
    ["a numeric string", "60", 60],
    ["a fraction", 59.5, 59.5],
    ["a fraction as text", " 59.5 ", 59.5],
  ])("expires_in: %s", (_case, expires_in, expected) => {
    expect(lifetimeS({ ...GOOD, expires_in })).toBe(expected);
  });

  test.each([0, -1, "soon", "", "0x10", "1e3", "-5", 1e12, true, [3600], {}])(
    "expires_in: refuses %j",
    (expires_in) => {
      expect(() => parse({ ...GOOD, expires_in })).toThrow(TokenReplyMalformed);
    },
  );

  test.each(["Bearer", "bearer", "BEARER", undefined, null])(
    "token_type: takes %j",
    (token_type) => {
      expect(parse({ ...GOOD, token_type }).token).toBe("abc");
    },
  );

  test("token_type: takes the misspelt member of the specification's example", () => {
    const { token_type: stenotype, ...rest } = GOOD;
    expect(parse({ ...rest, stenotype }).token).toBe("abc");
  });

  test.each(["MAC", "", 7, "Bearer token"])("token_type: refuses %j", (token_type) => {
    expect(() => parse({ ...GOOD, token_type })).toThrow(TokenReplyMalformed);
  });

  test.each([undefined, null, "", 42, "a b", "a\r\nX: y", "tök", ["abc"]])(
    "access_token: refuses %j",
    (access_token) => {
      expect(() => parse({ ...GOOD, access_token })).toThrow(TokenReplyMalformed);
    },
  );

  test.each(["", "<html>", "[]", "null", '"abc"', "{"])("refuses the body %j", (body) => {
    expect(() => parse(body)).toThrow(TokenReplyMalformed);
  });

  test.each([[["urn:a", 7]], [7], [{}]])("scope: refuses %j", (scope) => {
    expect(() => parse({ ...GOOD, scope })).toThrow(TokenReplyMalformed);
  });

  test("takes an error in the clothes of a success for what it is", () => {
    const reply = () => parse({ error: "invalid_client", error_description: "who are you" });
    expect(reply).toThrow(TokenRefused);
    expect(reply).toThrow(expect.objectContaining({ error: "invalid_client" }));
  });
});

describe("isTokenExpired", () => {
  const tokenOf = (seconds: number) => ({
    obtainedAt: SENT_AT,
    expiresAt: new Date(SENT_AT.getTime() + seconds * 1_000),
  });
  const after = (seconds: number) => new Date(SENT_AT.getTime() + seconds * 1_000);

  test.each([
    [3_600, 60],
    [600, 60],
    [599, 59.9],
    [60, 6],
    [20, 2],
    [1, 0.1],
  ])("a token of %d s stops being used %d s early", (lifetime, safety) => {
    const token = tokenOf(lifetime);
    expect(safetyMs(token)).toBe(safety * 1_000);
    expect(isTokenExpired(token, after(lifetime - safety - 0.001))).toBe(false);
    expect(isTokenExpired(token, after(lifetime - safety))).toBe(true);
  });

  test("a token that ends before it began is expired", () => {
    expect(isTokenExpired(tokenOf(-10), SENT_AT)).toBe(true);
  });
});
