import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  AddressRefused,
  PlatformUnavailable,
  RateLimited,
  RedirectRefused,
  RequestCancelled,
  ResponseMalformed,
  UnknownOutcome,
  authenticate,
  createPlatformFetch,
  createScore,
  fetchPublicJson,
  listMemberships,
  postScore,
} from "#lib/lti/index.ts";
import type { Exchange, Fetch } from "#lib/lti/index.ts";
import { testClient, testEndpoints, testRegistration } from "../support/clients.ts";
import { scriptedPlatform } from "../support/scripted-platform.ts";
import type { ScriptedPlatform } from "../support/scripted-platform.ts";

let platform: ScriptedPlatform | undefined;
afterEach(async () => {
  await platform?.close();
  platform = undefined;
});

const roster = { body: { id: "x", context: { id: "1" }, members: [] } };
const score = createScore({
  userId: "u",
  timestamp: new Date(),
  activityProgress: "Completed",
  gradingProgress: "FullyGraded",
});

describe("a request", () => {
  test("names its User-Agent, which some platforms demand [Canvas 2026]", async () => {
    platform = await scriptedPlatform(() => roster);
    await listMemberships(testClient(platform.url, platform.options));
    await listMemberships(testClient(platform.url, { ...platform.options, userAgent: "Tool/2" }));
    const agents = platform.requests.map(({ headers }) => headers["user-agent"]);
    expect(agents).toEqual([expect.stringMatching(/\w/), "Tool/2"]);
  });

  test("spells its scheme Bearer, which one platform demands [ltijs 5.6.5]", async () => {
    platform = await scriptedPlatform(() => roster);
    await listMemberships(testClient(platform.url, platform.options));
    expect(platform.requests[0]?.headers["authorization"]).toBe("Bearer token-1");
  });

  test("is given up when the head of the reply does not come in time", async () => {
    const silent: Fetch = (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
      });
    const options = { fetch: silent, timeoutMs: 20 };
    const client = testClient("https://lms.example.edu", options);
    await expect(listMemberships(client)).rejects.toThrow(PlatformUnavailable);
    await expect(postScore(client, score)).rejects.toThrow(UnknownOutcome);
  });

  test("is given up when the body drips for ever", async () => {
    const server = createServer((_request, response) => {
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drip));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const fetch = createPlatformFetch({ allowPrivateNetwork: true });
    const client = testClient(`http://127.0.0.1:${port}`, { fetch, timeoutMs: 60 });
    await expect(listMemberships(client)).rejects.toThrow(PlatformUnavailable);
    server.closeAllConnections();
    server.close();
    await fetch.close();
  });

  test("is given up when the body grows past the limit", async () => {
    platform = await scriptedPlatform(() => ({ body: " ".repeat(100_001) }));
    const options = { ...platform.options, maxResponseBytes: 100_000 };
    const reading = listMemberships(testClient(platform.url, options));
    await expect(reading).rejects.toThrow(ResponseMalformed);
    await expect(reading).rejects.toMatchObject({ reason: "the reply is larger than allowed" });
  });

  test("ends when the caller says so, before or on the way", async () => {
    platform = await scriptedPlatform(() => roster);
    const client = testClient(platform.url, platform.options);
    await expect(listMemberships(client, { signal: AbortSignal.abort() })).rejects.toThrow(
      RequestCancelled,
    );
    expect(platform.requests).toHaveLength(0);
    const controller = new AbortController();
    const stalled: Fetch = (_url, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error));
        controller.abort();
      });
    const posting = postScore(testClient(platform.url, { fetch: stalled }), score, {
      signal: controller.signal,
    });
    await expect(posting).rejects.toThrow(UnknownOutcome);
  });

  test("knows a connection that was never made from one that was cut", async () => {
    platform = await scriptedPlatform(() => "cut");
    const client = testClient(platform.url, platform.options);
    await expect(postScore(client, score)).rejects.toThrow(UnknownOutcome);
    await platform.close();
    const options = { fetch: createPlatformFetch({ allowPrivateNetwork: true }) };
    const nobodyHome = testClient(platform.url, options);
    platform = undefined;
    await expect(postScore(nobodyHome, score)).rejects.toThrow(PlatformUnavailable);
  });
});

describe("a redirect", () => {
  const to = (location: string, status = 307) => ({ status, headers: { location } });

  test("is followed within the origin", async () => {
    platform = await scriptedPlatform(({ url }) =>
      url.pathname === "/moved" ? roster : to("/moved"),
    );
    const list = await listMemberships(testClient(platform.url, platform.options));
    expect(list.complete).toBe(true);
    expect(platform.requests[1]?.headers["authorization"]).toBe("Bearer token-1");
  });

  test("keeps method and body with 307 and 308", async () => {
    platform = await scriptedPlatform(({ url }) =>
      url.pathname === "/moved" ? {} : to("/moved", 308),
    );
    await postScore(testClient(platform.url, platform.options), score);
    const [first, second] = platform.requests;
    expect(second).toMatchObject({ method: "POST", body: first?.body });
  });

  test.each([
    ["another host", "http://localhost:1/x", 307],
    ["another port", "http://127.0.0.1:1/x", 301],
    ["another scheme", "https://127.0.0.1/x", 302],
    ["no web address", "mailto:a@b.edu", 302],
  ])("to %s is refused, and the token stays here", async (_case, location, status) => {
    platform = await scriptedPlatform(() => to(location, status));
    await expect(listMemberships(testClient(platform.url, platform.options))).rejects.toThrow(
      RedirectRefused,
    );
    expect(platform.requests).toHaveLength(1);
  });

  test("that would turn a score into a GET is refused", async () => {
    platform = await scriptedPlatform(() => to("/moved", 302));
    await expect(postScore(testClient(platform.url, platform.options), score)).rejects.toThrow(
      RedirectRefused,
    );
    expect(platform.requests).toHaveLength(1);
  });

  test("that leads in circles ends", async () => {
    platform = await scriptedPlatform(({ url }) => to(`${url.pathname}x`));
    await expect(listMemberships(testClient(platform.url, platform.options))).rejects.toThrow(
      expect.objectContaining({ code: "lti.redirect_refused", reason: "there are too many" }),
    );
  });

  test("of a token request leads to no other origin", async () => {
    platform = await scriptedPlatform(() => to("https://elsewhere.example.edu/token"));
    const { url, options } = platform;
    await expect(authenticate(testRegistration(url), testEndpoints(url), options)).rejects.toThrow(
      RedirectRefused,
    );
  });
});

describe("an exchange record", () => {
  test("tells what went over the wire, without token and assertion", async () => {
    const exchanges: Exchange[] = [];
    platform = await scriptedPlatform(({ method }) =>
      method === "POST"
        ? {
            body: {
              access_token: "s3cret-token",
              token_type: "Bearer",
              accessToken: "s3cret-token",
            },
          }
        : { ...roster, headers: { "x-request-id": "r-1", "set-cookie": "s=1" } },
    );
    const { url } = platform;
    const options = { ...platform.options, onExchange: (e: Exchange) => exchanges.push(e) };
    const client = await authenticate(testRegistration(url), testEndpoints(url), options);
    await listMemberships(client);
    const assertion = new URLSearchParams(platform.requests[0]?.body).get("client_assertion") ?? "";
    expect(JSON.stringify(exchanges)).not.toContain("s3cret-token");
    expect(JSON.stringify(exchanges)).not.toContain(assertion);
    expect(exchanges).toMatchObject([
      { operation: "token.request", method: "POST", status: 200, url: `${url}/token` },
      { operation: "memberships.list", method: "GET", status: 200 },
    ]);
    expect(exchanges[0]?.requestBody).toContain("grant_type=client_credentials");
    expect(exchanges[1]?.requestHeaders["authorization"]).toBe("Bearer [redacted]");
    expect(exchanges[1]?.responseHeaders).toMatchObject({ "x-request-id": "r-1" });
    expect(exchanges[1]?.responseHeaders).not.toHaveProperty("set-cookie");
    expect(exchanges[1]?.ms).toBeGreaterThan(0);
  });

  test("tells of a request that had no reply", async () => {
    const exchanges: Exchange[] = [];
    platform = await scriptedPlatform(() => "cut");
    const options = { ...platform.options, onExchange: (e: Exchange) => exchanges.push(e) };
    await expect(listMemberships(testClient(platform.url, options))).rejects.toThrow();
    expect(exchanges).toMatchObject([{ failure: "cut", bodyExcerpt: "", responseHeaders: {} }]);
    expect(exchanges[0]).not.toHaveProperty("status");
  });
});

describe("an error that stems from a reply", () => {
  test("carries the platform's own words, cut and without secrets", async () => {
    platform = await scriptedPlatform(() => ({
      status: 400,
      body: `you sent token-1 and eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln ${"x".repeat(5_000)}`,
    }));
    const client = testClient(platform.url, platform.options);
    const error = await listMemberships(client).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({
      code: "lti.request_rejected",
      status: 400,
      operation: "memberships.list",
    });
    const { excerpt } = error as Error & { excerpt: string };
    expect(excerpt).toMatch(/^you sent \[redacted\] and \[redacted\] xxx/);
    expect(excerpt).toHaveLength(2_000);
  });

  test("says when to come back", async () => {
    const now = new Date("2026-03-01T10:00:00.000Z");
    platform = await scriptedPlatform(() => ({ status: 429, headers: { "retry-after": "7" } }));
    const client = testClient(platform.url, { ...platform.options, now: () => now });
    const error = await listMemberships(client).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ retryAt: new Date("2026-03-01T10:00:07.000Z") });
  });
});

describe("createPlatformFetch", () => {
  test("reaches no private network unless allowed", async () => {
    platform = await scriptedPlatform(() => roster);
    const fetch = createPlatformFetch();
    const reading = (url: string) => fetchPublicJson(url, { fetch }, { allowHttp: true });
    await expect(reading(platform.url)).rejects.toThrow(AddressRefused);
    for (const host of ["localhost", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254"]) {
      await expect(reading(`https://${host}:1/`)).rejects.toThrow(AddressRefused);
    }
    expect(platform.requests).toHaveLength(0);
    await fetch.close();
  });

  test("refuses plain http even to a public address", async () => {
    const fetch = createPlatformFetch();
    await expect(
      fetchPublicJson("http://example.edu/", { fetch }, { allowHttp: true }),
    ).rejects.toThrow(AddressRefused);
    await fetch.close();
  });

  test("uses a connection again", async () => {
    const ports = new Set<number | undefined>();
    const server = createServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("{}");
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const fetch = createPlatformFetch({ allowPrivateNetwork: true });
    for (let turn = 0; turn < 20; turn++) {
      await fetchPublicJson(`http://127.0.0.1:${port}/`, { fetch }, { allowHttp: true });
    }
    // A second one opens where a request comes before the last reply was cleared away.
    expect(ports.size).toBeLessThanOrEqual(2);
    await fetch.close();
    server.close();
  });
});

describe("fetchPublicJson", () => {
  test("wants https unless http is allowed, and JSON", async () => {
    platform = await scriptedPlatform(() => ({ body: "<html>" }));
    const { url, options } = platform;
    await expect(fetchPublicJson(url, options)).rejects.toThrow("must use https");
    await expect(fetchPublicJson("nowhere", options)).rejects.toThrow("web address");
    await expect(fetchPublicJson(url, options, { allowHttp: true })).rejects.toThrow(
      ResponseMalformed,
    );
  });

  test("sends no token", async () => {
    platform = await scriptedPlatform(() => ({ body: "\ufeff{}" }));
    await fetchPublicJson(platform.url, platform.options, { allowHttp: true });
    expect(platform.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});
