import { expect, test } from "vitest";
import { CLIENT_ADDRESS_HEADER } from "#lib/auth/client-address.ts";
import { createAddressLimits } from "#lib/auth/limits/address-limits.ts";
import { createRequestLimit, limitHeaders } from "#lib/auth/limits/request-limit.ts";

test("each name has so many requests a minute, and is told how many are left", async () => {
  const count = createRequestLimit(2);
  expect(await count("key 1")).toMatchObject({ limit: 2, remaining: 1, isOver: false });
  expect(await count("key 1")).toMatchObject({ remaining: 0, isOver: false });
  const over = await count("key 1");
  expect(over).toMatchObject({ remaining: 0, isOver: true });
  expect(limitHeaders(over!)).toEqual({
    "ratelimit-limit": "2",
    "ratelimit-remaining": "0",
    "ratelimit-reset": String(over!.resetSeconds),
    "retry-after": String(over!.resetSeconds),
  });
  expect(await count("key 2")).toMatchObject({ isOver: false });
  expect(await createRequestLimit(0)("key 1")).toBeNull();
});

const from = (address: string, method: string, url: string, cookie?: string) => ({
  method,
  url,
  headers: { [CLIENT_ADDRESS_HEADER]: address, ...(cookie && { cookie }) },
});

const isSession = (cookies: string) => cookies === "signed";

test("an address is held by what it asks; another address is not", async () => {
  const over = createAddressLimits({ anything: 0, lti: 2, visitor: 1 }, isSession);
  const login = (address: string) => over(from(address, "GET", "/lti/login?iss=x"));
  expect([await login("192.0.2.1"), await login("192.0.2.1")]).toEqual([null, null]);
  expect(await login("192.0.2.1")).toMatchObject({ isOver: true, limit: 2 });
  expect(await login("192.0.2.2")).toBeNull();
  // What a platform reads, and what a launch's token opens, is not held with it.
  expect(await over(from("192.0.2.1", "GET", "/lti/jwks"))).toBeNull();
  expect(await over(from("192.0.2.1", "GET", "/lti/course/state"))).toBeNull();
});

test("sign-in and set-up are held wherever a visitor posts them to", async () => {
  const over = createAddressLimits({ anything: 0, lti: 0, visitor: 1 }, isSession);
  expect(await over(from("192.0.2.1", "POST", "/setup"))).toBeNull();
  expect(await over(from("192.0.2.1", "POST", "/courses"))).toMatchObject({ isOver: true });
  expect(await over(from("192.0.2.1", "POST", "/courses", "signed"))).toBeNull();
  expect(await over(from("192.0.2.1", "POST", "/login", "signed"))).toMatchObject({ isOver: true });
  const madeUp = "rollbook.session_token=made-up";
  expect(await over(from("192.0.2.1", "POST", "/courses", madeUp))).toMatchObject({ isOver: true });
});

test("of IPv6 a network is one address; files of the build and healthz count for nothing", async () => {
  const over = createAddressLimits({ anything: 1, lti: 0, visitor: 0 }, isSession);
  expect(await over(from("2001:db8::1", "GET", "/"))).toBeNull();
  expect(await over(from("2001:db8::2", "GET", "/"))).toMatchObject({ isOver: true });
  expect(await over(from("2001:db8::2", "GET", "/_next/static/a.js"))).toBeNull();
  expect(await over(from("2001:db8::2", "GET", "/api/healthz"))).toBeNull();
});
