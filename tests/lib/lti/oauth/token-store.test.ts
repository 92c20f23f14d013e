import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  AccessTokenRejected,
  authenticate,
  Connection,
  createMemoryTokenStore,
  listMemberships,
  PlatformUnavailable,
  RequestCancelled,
  SCOPE,
  tokenKey,
  type LtiOptions,
  type ServiceClient,
  type TokenStore,
} from "#lib/lti/index.ts";
import { ALL_SCOPES, testEndpoints, testRegistration } from "../support/clients.ts";
import { scriptedPlatform, type ScriptedPlatform } from "../support/scripted-platform.ts";

/** A platform that numbers its tokens and takes the last one only. */
let platform: ScriptedPlatform;
let issued: number;
let isDown: boolean;
let granted: string;
let options: LtiOptions & { tokenStore: TokenStore };

beforeEach(async () => {
  issued = 0;
  isDown = false;
  granted = ALL_SCOPES.join(" ");
  platform = await scriptedPlatform(({ url, headers }) => {
    if (isDown) return { status: 503 };
    if (url.pathname === "/token") {
      issued += 1;
      const token = { access_token: `token-${issued}`, token_type: "Bearer", scope: granted };
      return { body: { ...token, expires_in: 3_600 } };
    }
    const isLast = headers["authorization"] === `Bearer token-${issued}`;
    if (isLast) return { body: { id: "x", context: { id: "1" }, members: [] } };
    return { status: 401, headers: { "www-authenticate": 'Bearer error="invalid_token"' } };
  });
  options = { ...platform.options, tokenStore: createMemoryTokenStore() };
});
afterEach(() => platform.close());

const rosters = () => ({ memberships: testEndpoints(platform.url).memberships });
const client = (changes: Partial<LtiOptions> = {}, clientId = "client-1"): Promise<ServiceClient> =>
  authenticate(testRegistration(platform.url, { clientId }), rosters(), { ...options, ...changes });
const at = (time: number) => ({ now: () => new Date(time) });
const tokenOf = ({ accessToken }: ServiceClient) => accessToken.token;

describe("authenticate with a token store", () => {
  test("takes the token that is there, for other courses too", async () => {
    const first = await client();
    const biology = { contextMembershipsUrl: `${platform.url}/courses/biology/memberships` };
    const registration = testRegistration(platform.url);
    const second = await authenticate(registration, { memberships: biology }, options);
    expect(second.accessToken).toBe(first.accessToken);
    expect(second.endpoints.memberships).toBe(biology);
    expect(platform.requests).toHaveLength(1);
  });

  test("asks once for twenty who come at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => client()));
    expect(new Set(all.map(tokenOf))).toEqual(new Set(["token-1"]));
    expect(platform.requests).toHaveLength(1);
  });

  test("asks again from a minute before the token's end", async () => {
    const start = Date.now();
    await client(at(start));
    expect(tokenOf(await client(at(start + 3_539_000)))).toBe("token-1");
    expect(tokenOf(await client(at(start + 3_540_000)))).toBe("token-2");
    expect(tokenOf(await client(at(start + 3_541_000)))).toBe("token-2");
  });

  test("keeps registrations and sets of scopes apart", async () => {
    await client();
    expect(tokenOf(await client({}, "client-2"))).toBe("token-2");
    const registration = testRegistration(platform.url);
    const grades = await authenticate(registration, testEndpoints(platform.url), options);
    expect(tokenOf(grades)).toBe("token-3");
    expect(tokenOf(await client())).toBe("token-1");
  });

  test("keeps a token that was granted less, and calls say what is missing", async () => {
    granted = SCOPE.score;
    await client();
    const again = await client();
    expect(platform.requests).toHaveLength(1);
    await expect(listMemberships(again)).rejects.toMatchObject({ code: "lti.scope_mismatch" });
  });

  test("tells all who wait of a failure, and keeps nothing of it", async () => {
    isDown = true;
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => client()));
    const reasons = all.map((one) => (one as PromiseRejectedResult).reason);
    expect(reasons.every((reason) => reason instanceof PlatformUnavailable)).toBe(true);
    expect(platform.requests).toHaveLength(1);
    isDown = false;
    expect(tokenOf(await client())).toBe("token-1");
  });

  test("asks anew for those who wait when the one who asked gives up", async () => {
    const controller = new AbortController();
    const cancelled = client({ signal: controller.signal });
    const waiting = client();
    controller.abort();
    await expect(cancelled).rejects.toThrow(RequestCancelled);
    expect(await waiting).toMatchObject({ isExpired: false });
  });

  test("works with a store that cannot keep callers apart", async () => {
    const { get, save, delete: forget } = createMemoryTokenStore();
    const tokenStore: TokenStore = { get, save, delete: forget };
    expect(tokenOf(await client({ tokenStore }))).toBe("token-1");
    expect(tokenOf(await client({ tokenStore }))).toBe("token-1");
  });
});

describe("a client whose token died", () => {
  test("forgets exactly that token", async () => {
    const [one, other] = [await client(), await client()];
    const renewed = await one.forceRefresh();
    expect(tokenOf(renewed)).toBe("token-2");
    // The other still holds the first; its replacement is the one that is there by now.
    expect(tokenOf(await other.forceRefresh())).toBe("token-2");
    expect(platform.requests).toHaveLength(2);
  });

  test("gets another token once for ten calls side by side", async () => {
    const connection = new Connection(await client());
    issued += 1;
    await Promise.all(Array.from({ length: 10 }, () => connection.call(listMemberships)));
    expect(tokenOf(connection.client)).toBe("token-3");
    const asked = platform.requests.filter(({ url }) => url.pathname === "/token");
    expect(asked).toHaveLength(2);
  });

  test("gets another token once for the connections of ten workers", async () => {
    const workers = await Promise.all(Array.from({ length: 10 }, async () => client()));
    issued += 1;
    await Promise.all(workers.map((worker) => new Connection(worker).call(listMemberships)));
    const asked = platform.requests.filter(({ url }) => url.pathname === "/token");
    expect(asked).toHaveLength(2);
  });

  test("gives up where other tokens fare no better", async () => {
    const connection = new Connection(await client());
    const call = connection.call(async (held) => {
      issued += 1;
      return listMemberships(held);
    });
    await expect(call).rejects.toThrow(AccessTokenRejected);
  });

  test("is renewed before a call when it has expired", async () => {
    const start = Date.now();
    let now = start;
    const connection = new Connection(await client({ now: () => new Date(now) }));
    now = start + 3_600_000;
    await connection.call(listMemberships);
    expect(tokenOf(connection.client)).toBe("token-2");
  });
});

describe("tokenKey", () => {
  const registration = testRegistration("https://lms.example.edu");

  test("does not depend on the order of the scopes, nor on one given twice", () => {
    const key = tokenKey(registration, [SCOPE.score, SCOPE.memberships, SCOPE.score]);
    expect(key).toEqual(tokenKey(registration, [SCOPE.memberships, SCOPE.score]));
    expect(key.id).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["client ID", { clientId: "client-2" }],
    ["token endpoint", { tokenEndpoint: "https://lms.example.edu/other", audience: "same" }],
    ["audience", { audience: "https://lms.example.edu" }],
    ["deployment", { deploymentId: "1" }],
  ])("differs by %s", (_name, changes) => {
    const other = testRegistration("https://lms.example.edu", changes);
    expect(tokenKey(other, [SCOPE.score]).id).not.toBe(tokenKey(registration, [SCOPE.score]).id);
  });
});

test("the memory store holds no more tokens than told", async () => {
  const store = createMemoryTokenStore({ maxTokens: 2 });
  const { accessToken } = await client({ tokenStore: store });
  const keys = ["a", "b", "c"].map((clientId) =>
    tokenKey(testRegistration(platform.url, { clientId }), [SCOPE.score]),
  );
  for (const key of keys) await store.save(key, accessToken);
  const found = await Promise.all(keys.map((key) => store.get(key)));
  expect(found.map((token) => token !== undefined)).toEqual([false, true, true]);
});
