import { afterEach, describe, expect, test } from "vitest";
import {
  AccessTokenExpired,
  AccessTokenRejected,
  NextPageUnsafe,
  ServiceNotOffered,
  listMemberships,
  streamMemberships,
} from "#lib/lti/index.ts";
import type { MembershipsOptions, MembershipsPage } from "#lib/lti/index.ts";
import { testClient } from "#tests/lib/lti/support/clients.ts";
import { member, next, page, pageNumber, readRoster } from "#tests/lib/lti/support/rosters.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import type { ScriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const walk = (options?: MembershipsOptions) => readRoster(platform, options);

describe("a walk over a roster", () => {
  test("survives a page of rows that are nothing, however many", async () => {
    platform = await scriptedPlatform(() => ({
      body: `{"members":[${"0,".repeat(199_999)}0]}`,
    }));
    const roster = await listMemberships(testClient(platform.url, platform.options));
    expect(roster.quarantined).toHaveLength(200_000);
  });

  test.each([
    ["to itself", () => next("/courses/1/memberships"), "next_page_repeated", 1],
    [
      "back to the first page",
      (n: number) => next(n === 0 ? "?p=1" : "/courses/1/memberships"),
      "next_page_repeated",
      2,
    ],
    ["nowhere readable", () => '<>; rel="next"', "next_page_unreadable", 1],
    ["on for ever", (n: number) => next(`?p=${n + 1}`), "page_cap", 4],
  ])(
    "ends a walk that leads %s, and says that it is incomplete",
    async (_case, link, reason, count) => {
      platform = await scriptedPlatform((request) => {
        const n = pageNumber(request);
        return page([member(String(n))], link(n));
      });
      const pages = await walk({ maxPages: 4 });
      expect(pages).toHaveLength(count);
      expect(pages.at(-1)).toMatchObject({ complete: false, incompleteReason: reason });
      expect(pages.at(-1)).not.toHaveProperty("nextUrl");
      expect(pages.slice(0, -1).every((one) => !one.complete && one.nextUrl !== undefined)).toBe(
        true,
      );
    },
  );

  test("notices a page that comes again under another address", async () => {
    platform = await scriptedPlatform((request) =>
      page([member("1"), member("2")], next(`?p=${pageNumber(request) + 1}`)),
    );
    const pages = await walk();
    expect(pages).toHaveLength(2);
    expect(pages[1]?.incompleteReason).toBe("page_content_repeated");
  });

  test("notices another context", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      return n === 0 ? page([member("1")], next("?p=1")) : page([member("2")], undefined, "other");
    });
    expect((await walk())[1]?.incompleteReason).toBe("context_changed");
  });

  test("stops at the most members it was to read", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      return page([member(`${n}a`), member(`${n}b`)], next(`?p=${n + 1}`));
    });
    const pages = await walk({ maxMembers: 3 });
    expect(pages).toHaveLength(2);
    expect(pages[1]?.incompleteReason).toBe("member_cap");
  });

  test("asks for no further page once its time is over", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      return page([member(String(n))], next(`?p=${n + 1}`));
    });
    const pages = await walk({ maxDurationMs: 0 });
    expect(pages).toMatchObject([{ complete: false, incompleteReason: "time_cap" }]);
  });

  test.each([
    ["a fragment", "/courses/1/memberships#2"],
    ["the address that was redirected", "/moved"],
  ])("is not led in circles by %s", async (_case, address) => {
    platform = await scriptedPlatform(({ url }, index) =>
      url.pathname === "/moved"
        ? { status: 307, headers: { location: "/courses/1/memberships?at=1" } }
        : page([member(String(index))], next(address)),
    );
    const url = address === "/moved" ? `${platform.url}/moved` : undefined;
    expect(await walk({ url })).toMatchObject([{ incompleteReason: "next_page_repeated" }]);
  });

  test("walks over empty pages", async () => {
    platform = await scriptedPlatform((request) => {
      const n = pageNumber(request);
      return n < 3 ? page([], next(`?p=${n + 1}`)) : page([member("1")]);
    });
    expect((await walk()).at(-1)).toMatchObject({ index: 3, complete: true });
  });

  test.each([
    ["another host", "https://elsewhere.example.edu/m"],
    ["another port", "http://127.0.0.1:1/m"],
    ["another scheme", "https://127.0.0.1/m"],
  ])("gives the page, then refuses its next at %s", async (_case, url) => {
    platform = await scriptedPlatform(() => page([member("1")], next(url)));
    const pages: MembershipsPage[] = [];
    const walking = async () => {
      for await (const one of streamMemberships(testClient(platform.url, platform.options)))
        pages.push(one);
    };
    await expect(walking()).rejects.toThrow(NextPageUnsafe);
    expect(pages).toMatchObject([{ complete: false, incompleteReason: "next_page_unsafe" }]);
    expect(platform.requests).toHaveLength(1);
  });

  test("goes on with another token where the first one dies on the way", async () => {
    platform = await scriptedPlatform((request, index) => {
      if (request.headers["authorization"] === "Bearer token-1" && index > 0)
        return { status: 401 };
      const n = pageNumber(request);
      return page([member(String(n))], n < 3 ? next(`?p=${n + 1}`) : undefined);
    });
    const { url, options } = platform;
    const seen: unknown[] = [];
    const pages: MembershipsPage[] = [];
    const renew = async (_spent: unknown, rejected?: AccessTokenRejected) => {
      seen.push(rejected);
      return testClient(url, options, { token: "token-2" });
    };
    for await (const one of streamMemberships(testClient(url, options), { renew })) pages.push(one);
    expect(pages.map(({ memberships }) => memberships[0]?.userId)).toEqual(["0", "1", "2", "3"]);
    expect(seen).toEqual([expect.any(AccessTokenRejected)]);
  });

  test("goes on with a third token where a cache held a second one that was dead as well", async () => {
    platform = await scriptedPlatform((request) =>
      request.headers["authorization"] === "Bearer token-3"
        ? page([member("1")])
        : { status: 401, body: { error: "invalid_token" } },
    );
    const { url, options } = platform;
    let given = 1;
    const renew = async () => testClient(url, options, { token: `token-${++given}` });
    const roster = await listMemberships(testClient(url, options), { renew });
    expect(roster.memberships.map(({ userId }) => userId)).toEqual(["1"]);
  });

  test("ends where a third token is refused as well", async () => {
    platform = await scriptedPlatform(() => ({ status: 401, body: { error: "invalid_token" } }));
    const { url, options } = platform;
    const renew = async () => testClient(url, options);
    const walking = listMemberships(testClient(url, options), { renew });
    await expect(walking).rejects.toThrow(AccessTokenRejected);
    expect(platform.requests).toHaveLength(3);
  });

  test("refuses to walk without an endpoint or with an expired token", async () => {
    platform = await scriptedPlatform(() => page([]));
    const { url, options } = platform;
    const gradesOnly = testClient(url, options).withEndpoints({
      grades: {
        lineItemsUrl: `${url}/l`,
        scopes: ["https://purl.imsglobal.org/spec/lti-ags/scope/score"],
      },
    });
    await expect(listMemberships(gradesOnly)).rejects.toThrow(ServiceNotOffered);
    const expired = testClient(url, options, { ageMs: 9_999_999 });
    await expect(listMemberships(expired)).rejects.toThrow(AccessTokenExpired);
    expect(platform.requests).toHaveLength(0);
  });
});
