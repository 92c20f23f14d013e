import { importJWK, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GuardedFetch } from "#lib/auth/single-sign-on/web-fetch.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { REDIRECT_URI, stageOf } from "#tests/support/single-sign-on/stage.ts";
import {
  CLIENT,
  startProvider,
  visit,
  type TestProvider,
} from "#tests/support/single-sign-on/provider.ts";

let api: Api;
let provider: TestProvider;
beforeAll(async () => {
  api = await startApi();
  const ada = { email: "ada@example.edu", email_verified: true };
  provider = await startProvider({ redirectUri: REDIRECT_URI, people: { ada } });
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});

type Forge = (claims: JWTPayload) => Promise<string>;

/** The real provider, whose ID token is exchanged for another on its way to us. */
function forging(forge: Forge): GuardedFetch {
  return async (url, init) => {
    const reply = await fetch(url, init);
    if (!url.endsWith("/token")) return reply;
    const answer = (await reply.json()) as { id_token: string };
    const [, payload = ""] = answer.id_token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
    return Response.json({ ...answer, id_token: await forge(claims) });
  };
}

async function signed(claims: JWTPayload, key: JWK = provider.key, alg = "RS256") {
  const signer = await importJWK(key, alg);
  return new SignJWT(claims).setProtectedHeader({ alg, kid: provider.key.kid }).sign(signer);
}

const shared: JWK = { kty: "oct", k: Buffer.from(CLIENT.clientSecret).toString("base64url") };
const publicAsSecret: JWK = { kty: "oct", k: "a-public-key-is-no-secret" };

const FORGERIES: [name: string, forge: Forge][] = [
  ["another issuer", (claims) => signed({ ...claims, iss: "https://evil.example" })],
  ["another audience", (claims) => signed({ ...claims, aud: "another-client" })],
  [
    "several audiences and another party",
    (claims) => signed({ ...claims, aud: [CLIENT.clientId, "other"], azp: "other" }),
  ],
  ["another nonce", (claims) => signed({ ...claims, nonce: "another" })],
  ["no nonce", ({ nonce: _, ...claims }) => signed(claims)],
  ["a time that is over", (claims) => signed({ ...claims, exp: (claims.iat ?? 0) - 3_600 })],
  ["no subject", ({ sub: _, ...claims }) => signed(claims)],
  ["no signature", (claims) => Promise.resolve(new UnsecuredJWT(claims).encode())],
  ["HS256 with the client secret", (claims) => signed(claims, shared, "HS256")],
  ["HS256 with another value", (claims) => signed(claims, publicAsSecret, "HS256")],
  ["PS256, which was not agreed", (claims) => signed(claims, provider.key, "PS256")],
  [
    "a changed payload under the signature",
    async (claims) => {
      const [header, , signature] = (await signed(claims)).split(".");
      const payload = Buffer.from(JSON.stringify({ ...claims, sub: "grace" })).toString(
        "base64url",
      );
      return [header, payload, signature].join(".");
    },
  ],
];

test("the real answer lets the person in", async () => {
  const stage = stageOf(api, provider, { fetch: forging((claims) => signed(claims)) });
  expect(await stage.enter("ada")).toMatch(/^[0-9a-f-]{36}$/);
});

test.each(FORGERIES)("an ID token with %s is refused", async (_, forge) => {
  const before = await api.runtime.db.prisma.usedSignInState.count();
  const stage = stageOf(api, provider, { fetch: forging(forge) });
  expect(await stage.enter("ada")).toBe("answer_invalid");
  expect(await api.runtime.db.prisma.usedSignInState.count()).toBe(before);
});

const reason = (doing: Promise<unknown>) =>
  doing.then(
    () => "in",
    (error: { reason?: string }) => error.reason,
  );

test("an answer is good once, in the browser that began it, for its own state", async () => {
  const stage = stageOf(api, provider);
  const one = await stage.begin();
  const query = await visit(one.url, "ada", REDIRECT_URI);
  expect(await reason(stage.finish(query, new Headers()))).toBe("attempt_missing");
  const other = await stage.begin();
  expect(await reason(stage.finish(query, other.headers))).toBe("answer_invalid");
  expect(await reason(stage.finish(query, one.headers))).toBe("in");
  expect(await reason(stage.finish(query, one.headers))).toBe("answer_invalid");
});

test("a state that was used is refused even with an answer that holds", async () => {
  const stage = stageOf(api, provider);
  const { url, headers } = await stage.begin();
  const first = await visit(url, "ada", REDIRECT_URI);
  const second = await visit(url, "ada", REDIRECT_URI);
  expect(await reason(stage.finish(first, headers))).toBe("in");
  expect(await reason(stage.finish(second, headers))).toBe("attempt_used");
});

test("of the same answer twice at once no more than one comes in", async () => {
  const stage = stageOf(api, provider);
  const { url, headers } = await stage.begin();
  const query = await visit(url, "ada", REDIRECT_URI);
  const both = await Promise.all(
    [stage.finish(query, headers), stage.finish(query, headers)].map(reason),
  );
  expect(both.filter((each) => each === "in").length).toBeLessThanOrEqual(1);
});

test("an answer of another issuer is refused before the code is sent anywhere", async () => {
  const stage = stageOf(api, provider);
  const { url, headers } = await stage.begin();
  const query = new URLSearchParams(await visit(url, "ada", REDIRECT_URI));
  query.set("iss", "https://evil.example");
  expect(await reason(stage.finish(`?${query.toString()}`, headers))).toBe("answer_invalid");
});

test("a cookie that somebody altered, or that another installation made, is none", async () => {
  const stage = stageOf(api, provider);
  const { url, headers } = await stage.begin();
  const query = await visit(url, "ada", REDIRECT_URI);
  // The lowest bits of the last character may stand for nothing, so the highest are changed.
  const cookie = headers.get("cookie")!.replace(/.$/, (last) => (last === "A" ? "w" : "A"));
  expect(await reason(stage.finish(query, new Headers({ cookie })))).toBe("attempt_missing");
  const secret = "a secret of another installation";
  const foreign = await stageOf(api, provider, { secret }).begin();
  const answer = await visit(foreign.url, "ada", REDIRECT_URI);
  expect(await reason(stage.finish(answer, foreign.headers))).toBe("attempt_missing");
});

test("a provider that refuses says so, and one that is away too", async () => {
  const stage = stageOf(api, provider);
  const { url, headers } = await stage.begin();
  const state = new URL(url).searchParams.get("state")!;
  const query = `?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`;
  expect(await reason(stage.finish(query, headers))).toBe("provider_refused");
  const away = stageOf(api, provider, { values: { issuer: "http://127.0.0.1:1" } });
  expect(await reason(away.begin())).toBe("provider_unreachable");
});

test("who begins and never ends leaves no row", async () => {
  const { prisma } = api.runtime.db;
  const rows = async () =>
    [await prisma.usedSignInState.count(), await prisma.verification.count()].join();
  const before = await rows();
  const stage = stageOf(api, provider);
  for (let turn = 0; turn < 20; turn++) await stage.begin();
  expect(await rows()).toBe(before);
});
