import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startApi, type Api } from "#tests/support/api.ts";
import {
  CLIENT,
  startProvider,
  visit,
  type Jar,
  type TestProvider,
} from "#tests/support/single-sign-on/provider.ts";
import { REDIRECT_URI } from "#tests/support/single-sign-on/stage.ts";

const REQUEST = { address: "203.0.113.7", id: "a request" };
const DAY_MS = 86_400_000;

let api: Api;
let provider: TestProvider;
beforeAll(async () => {
  api = await startApi();
  const grace = { email: "grace@example.edu", email_verified: true, name: "Grace" };
  provider = await startProvider({ redirectUri: REDIRECT_URI, people: { grace } });
  const rule = { claim: "email", value: "grace@example.edu", role: "admin", seesNames: false };
  const { status } = await api.ask("PUT", "/single-sign-on", {
    json: {
      issuer: provider.issuer,
      ...CLIENT,
      scopes: "openid email profile groups",
      rules: [{ ...rule, registrationIds: [] }],
    },
  });
  expect(status).toBe(200);
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});

const cookieOf = ({ setCookie }: { setCookie: string[] }) =>
  setCookie.map((each) => each.split(";", 1)[0]).join("; ");
const askedWith = async (cookie: string) =>
  (await api.ask("POST", "/signing-keys/prepare", { key: null, headers: sameOrigin(cookie) })).body;
const sameOrigin = (cookie: string) => ({ cookie, "sec-fetch-site": "same-origin" });

/** Begins, goes the browser's way at the provider, and comes back; `change` is what happens to the address. */
async function through(
  jar: Jar,
  { isAgain, change = (url) => url }: { isAgain: boolean; change?: (url: string) => string },
) {
  const { singleSignOn } = api.runtime;
  const { url, setCookie } = await singleSignOn.begin("/settings", { isAgain });
  const headers = new Headers({ cookie: setCookie.split(";", 1)[0]! });
  const query = await visit(change(url), "grace", REDIRECT_URI, jar);
  return { url: new URL(url), came: singleSignOn.finish({ query, headers }, REQUEST) };
}

/** Grace's session and her browser at the provider; her last proof is a day old. */
async function signedInYesterday() {
  const jar: Jar = new Map();
  const { operatorId, provenAt } = await (await through(jar, { isAgain: false })).came;
  const opened = await api.runtime.signIn.open(operatorId, provenAt, new Headers());
  const old = new Date(Date.now() - DAY_MS);
  const where = { userId: operatorId };
  await api.runtime.db.prisma.session.updateMany({ where, data: { provenAt: old } });
  return { jar, operatorId, cookie: cookieOf(opened) };
}

const reason = (doing: Promise<unknown>) =>
  doing.then(
    () => "in",
    (error: { reason?: string }) => error.reason,
  );

test("who comes by the provider is asked again, and proves it there by a fresh sign-in", async () => {
  const { jar, operatorId, cookie } = await signedInYesterday();
  expect(await askedWith(cookie)).toMatchObject({
    code: "operation.proof_needed",
    facts: { ways: ["provider"] },
  });
  const before = Date.now();
  const { url, came } = await through(jar, { isAgain: true });
  expect([url.searchParams.get("prompt"), url.searchParams.get("max_age")]).toEqual(["login", "0"]);
  const { provenAt, ...proven } = await came;
  expect(proven.operatorId).toBe(operatorId);
  // The provider says it in whole seconds.
  expect(provenAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
  const proof = { provenTo: "provider", operatorId, provenAt } as const;
  const renewed = await api.runtime.signIn.proveAgain(proof, new Headers({ cookie }));
  expect((await askedWith(cookieOf(renewed))).code).not.toBe("operation.proof_needed");
});

test("a provider that takes what it knew from before proves nothing", async () => {
  const { jar, cookie } = await signedInYesterday();
  const later = new Date(Date.now() + 10 * 60_000);
  // Whoever finds the browser open takes out of the address that the provider is to ask.
  const silent = (url: string) => {
    const changed = new URL(url);
    changed.searchParams.delete("prompt");
    changed.searchParams.set("max_age", "86400");
    return changed.href;
  };
  vi.useFakeTimers({ toFake: ["Date"], now: later });
  try {
    const { came } = await through(jar, { isAgain: true, change: silent });
    expect(await reason(came)).toBe("not_asked_again");
  } finally {
    vi.useRealTimers();
  }
  expect((await askedWith(cookie)).code).toBe("operation.proof_needed");
});

test("nor does one that no longer says when it asked, because nobody asks it to", async () => {
  const { jar } = await signedInYesterday();
  const mute = (url: string) => {
    const changed = new URL(url);
    changed.searchParams.delete("prompt");
    changed.searchParams.delete("max_age");
    return changed.href;
  };
  const again = await through(jar, { isAgain: true, change: mute });
  expect(await reason(again.came)).toBe("not_asked_again");
  // A sign-in like that lets in, and proves nothing.
  const { operatorId, provenAt } = await (
    await through(jar, { isAgain: false, change: mute })
  ).came;
  const opened = await api.runtime.signIn.open(operatorId, provenAt, new Headers());
  expect((await askedWith(cookieOf(opened))).code).toBe("operation.proof_needed");
});

test("a sign-in by what the provider knew from before is as old as that", async () => {
  const { jar } = await signedInYesterday();
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(Date.now() + 60 * 60_000) });
  try {
    const { provenAt } = await (await through(jar, { isAgain: false })).came;
    expect(Date.now() - provenAt.getTime()).toBeGreaterThan(50 * 60_000);
  } finally {
    vi.useRealTimers();
  }
});
