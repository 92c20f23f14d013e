import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { NONCE_HEADER, setPagePolicy } from "#lib/auth/page-policy.ts";

const PLATFORM = "https://lms.example.edu";
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function headersFrom(listener: RequestListener, init?: RequestInit): Promise<Headers> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  closers.push(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://127.0.0.1:${port}/`, init)).headers;
}

test("a page may be framed by nobody, and its scripts go by a nonce that its renderer is told", async () => {
  const told: (string | string[] | undefined)[] = [];
  const forged = {
    [NONCE_HEADER]: "forged",
    "content-security-policy": "script-src 'nonce-forged'",
  };
  const headers = await headersFrom(
    (request, response) => {
      setPagePolicy(request, response, { framedBy: [], keepsOpener: false });
      told.push(request.headers[NONCE_HEADER], request.headers["content-security-policy"]);
      response.end();
    },
    { headers: forged },
  );
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`'nonce-${String(told[0])}' 'strict-dynamic'`);
  expect(told[1]).toBe(policy);
  expect(policy).not.toContain("forged");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
});

test("a launched page may be framed by its platform, and its window may keep its opener", async () => {
  const headers = await headersFrom((request, response) => {
    setPagePolicy(request, response, { framedBy: [PLATFORM], keepsOpener: true });
    response.end();
  });
  expect(headers.get("content-security-policy")).toContain(`frame-ancestors ${PLATFORM}`);
  expect(headers.get("x-frame-options")).toBeNull();
  expect(headers.get("cross-origin-opener-policy")).toBe("unsafe-none");
});

test("an answer that brings its own policy keeps it, and has no other beside it", async () => {
  const headers = await headersFrom((request, response) => {
    setPagePolicy(request, response, { framedBy: [], keepsOpener: false });
    response.appendHeader("content-security-policy", "default-src 'none'");
    response.end();
  });
  expect(headers.get("content-security-policy")).toBe("default-src 'none'");
  expect(headers.get("x-frame-options")).toBeNull();
});

test("the style of the library of short messages is the one that the policy allows", async () => {
  const source = readFileSync("node_modules/sonner/dist/index.mjs", "utf8");
  const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1] ?? '""';
  const style = JSON.parse(literal) as string;
  expect(style.length).toBeGreaterThan(1_000);
  const hash = createHash("sha256").update(style).digest("base64");
  const headers = await headersFrom((request, response) => {
    setPagePolicy(request, response, { framedBy: [], keepsOpener: false });
    response.end();
  });
  expect(headers.get("content-security-policy")).toContain(`'sha256-${hash}'`);
});

test("in development the walls are the same, but for what Next's own tools need", async () => {
  const policies = [];
  for (const isDevelopment of [false, true]) {
    const headers = await headersFrom((request, response) => {
      setPagePolicy(request, response, { framedBy: [], keepsOpener: false, isDevelopment });
      response.end();
    });
    const policy = headers.get("content-security-policy") ?? "";
    policies.push(new Map(policy.split("; ").map((line) => [line.split(" ", 1)[0], line])));
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
  const [built, development] = policies as [Map<string, string>, Map<string, string>];
  const differing = [...built.keys()].filter((name) => built.get(name) !== development.get(name));
  expect(differing).toEqual(["script-src", "style-src"]);
  expect(development.get("script-src")).toMatch(
    /^script-src 'self' 'nonce-[^']+' 'strict-dynamic' 'unsafe-eval'$/,
  );
  expect(built.get("script-src")).not.toContain("unsafe");
  expect(built.get("style-src")).not.toContain("unsafe");
});
