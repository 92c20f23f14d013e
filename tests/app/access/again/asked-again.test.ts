import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ROUTES } from "../../../../app/_server/rest/routes/index.ts";
import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import * as own from "#lib/operations/second-factor/own.ts";
import type { SignInRules } from "#lib/operations/sessions/schema.ts";
import { startApi, type Api, type Asked } from "#tests/support/api.ts";
import { act, actions, request } from "../actions/call.ts";
import { askRoute } from "../ask-route.ts";
import { keyOf, letProofAge, objectsOfOneRegistration, personOf } from "../stage.ts";
import { ACTIONS_THAT_ASK, ROUTES_THAT_ASK } from "./table.ts";

vi.mock("next/headers", () => ({
  headers: async () => request.getStore()!.headers,
  cookies: async () => ({ set: () => {}, getAll: () => [] }),
}));

const NEEDED = "operation.proof_needed";
const PASSWORD = "a password of the tests";

let api: Api;
let admin: Awaited<ReturnType<typeof personOf>>;
/** Of the admin's session, which goes on under another with each proof. */
let cookie: string;
let lineItemId: string;
beforeAll(async () => {
  api = await startApi();
  admin = await personOf(api, "admin");
  cookie = admin.cookie;
  lineItemId = (await objectsOfOneRegistration(api))["lineItemId"]!;
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.runtime.db.prisma.signInAttempts.deleteMany();
});

async function prove(): Promise<void> {
  const proof = { password: PASSWORD };
  cookie = cookieOf(await api.runtime.signIn.proveAgain(proof, headersOf(cookie)));
}

const headersOf = (cookie: string) => new Headers({ cookie, "sec-fetch-site": "same-origin" });
const cookieOf = ({ setCookie }: { setCookie: string[] }) =>
  setCookie.map((each) => each.split(";", 1)[0]).join("; ");
const asking = (cookie: string): Asked => ({
  key: null,
  headers: { cookie, "sec-fetch-site": "same-origin" },
});
const code = (doing: Promise<unknown>) =>
  doing.then(
    () => "done",
    (error: { code: string }) => error.code,
  );

describe("routes", () => {
  test("each that the table names exists", () => {
    const named = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(ROUTES_THAT_ASK.filter((route) => !named.includes(route))).toEqual([]);
  });

  test.each(ROUTES)("$method $path", async (route) => {
    const asks = ROUTES_THAT_ASK.includes(`${route.method} ${route.path}`);
    await letProofAge(api, admin.id);
    const old = await askRoute(api, route, asking(cookie));
    expect({ asked: old.body?.code === NEEDED, code: old.body?.code }).toMatchObject({
      asked: asks,
    });
    if (!asks) return;
    expect(old.status).toBe(403);
    expect(old.body).toMatchObject({ facts: { ways: ["password"] } });
    await prove();
    const fresh = await askRoute(api, route, asking(cookie));
    expect([NEEDED, "operation.not_signed_in"]).not.toContain(fresh.body?.code);
  });
});

describe("actions", () => {
  test("each that the table names exists", () => {
    const named = actions.map(({ folder, name }) => `${folder}#${name}`);
    expect(ACTIONS_THAT_ASK.filter((action) => !named.includes(action))).toEqual([]);
  });

  test.each(actions)("$folder#$name", async (called) => {
    const asks = ACTIONS_THAT_ASK.includes(`${called.folder}#${called.name}`);
    await letProofAge(api, admin.id);
    const old = await act(called, headersOf(cookie), { lineItemId });
    expect({ asked: old === NEEDED, code: old }).toMatchObject({ asked: asks });
    if (!asks) return;
    await prove();
    const fresh = await act(called, headersOf(cookie), { lineItemId });
    expect([NEEDED, "operation.not_signed_in"]).not.toContain(fresh);
  });
});

const rotating = ROUTES.find(({ path }) => path === "/signing-keys/prepare")!;
const askedWith = async (cookie: string) =>
  (await askRoute(api, rotating, asking(cookie))).body?.code ?? "done";

test("a key with `admin` is no session, and is not asked", async () => {
  const { asked } = await keyOf(api, ["admin"]);
  expect((await askRoute(api, rotating, asked)).body?.code).not.toBe(NEEDED);
});

test("the session goes on under a new cookie, and the old one opens nothing", async () => {
  const admin = await personOf(api, "admin");
  const before = await api.runtime.signIn.operatorOf(headersOf(admin.cookie));
  const renewed = await api.runtime.signIn.proveAgain(
    { password: PASSWORD },
    headersOf(admin.cookie),
  );
  expect(await api.runtime.signIn.operatorOf(headersOf(admin.cookie))).toBe(null);
  const after = await api.runtime.signIn.operatorOf(headersOf(cookieOf(renewed)));
  expect(after?.session?.id).toBe(before?.session?.id);
  expect(await api.runtime.db.prisma.session.count({ where: { userId: admin.id } })).toBe(1);
});

test("a wrong password proves nothing, and guesses wait", async () => {
  const admin = await personOf(api, "admin");
  await letProofAge(api, admin.id);
  const wrong = { password: "not the password" };
  const headers = headersOf(admin.cookie);
  for (let turn = 0; turn < 5; turn++)
    expect(await code(api.runtime.signIn.proveAgain(wrong, headers))).toBe("auth.password_refused");
  expect(await code(api.runtime.signIn.proveAgain({ password: PASSWORD }, headers))).toBe(
    "auth.sign_in_throttled",
  );
  expect(await askedWith(admin.cookie)).toBe(NEEDED);
});

test("who has an app is asked for the password or a code, which is good once", async () => {
  const admin = await personOf(api, "admin");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const operator = (await api.runtime.signIn.operatorOf(headersOf(admin.cookie))) as Operator;
  const asker = api.runtime.askerFor(operator);
  await own.beginApp(asker);
  const { key } = (await own.getOwnSecondFactor(asker)).setUp!;
  const shown = (later: number) => codeAt(key, stepAt(new Date()) + later);
  await own.confirmApp(asker, { code: shown(-1), present: PASSWORD });
  await letProofAge(api, admin.id);
  const asked = await askRoute(api, rotating, asking(admin.cookie));
  expect(asked.body).toMatchObject({ facts: { ways: ["password", "code"] } });
  const renewed = await api.runtime.signIn.proveAgain({ code: shown(0) }, headersOf(admin.cookie));
  const cookie = cookieOf(renewed);
  expect(await askedWith(cookie)).not.toBe(NEEDED);
  expect(await code(api.runtime.signIn.proveAgain({ code: shown(0) }, headersOf(cookie)))).toBe(
    "auth.code_refused",
  );
  vi.useRealTimers();
});

test("nobody proves by a provider who somebody else is", async () => {
  const admin = await personOf(api, "admin");
  const other = await personOf(api, "admin");
  const proof = { provenTo: "provider", operatorId: other.id, provenAt: new Date() } as const;
  expect(await code(api.runtime.signIn.proveAgain(proof, headersOf(admin.cookie)))).toBe(
    "auth.second_step_over",
  );
});

test("how long a proof does is a setting, from a minute to a day, and on record", async () => {
  const admin = await personOf(api, "admin");
  await letProofAge(api, admin.id);
  const rules = { askAgainMinutes: 30, adminsNeedSecondFactor: false };
  const { body } = await api.ask<SignInRules>("PUT", "/sign-in-rules", { json: rules });
  expect(body).toEqual(rules);
  expect(await askedWith(admin.cookie)).not.toBe(NEEDED);
  const entry = await api.runtime.db.prisma.auditEntry.findFirstOrThrow({
    where: { action: "session.change_rules" },
    orderBy: { id: "desc" },
  });
  expect(entry.detail).toEqual({ changes: { askAgainMinutes: { from: 15, to: 30 } } });
  for (const askAgainMinutes of [0, 1_441, 1.5])
    expect(
      (await api.ask("PUT", "/sign-in-rules", { json: { ...rules, askAgainMinutes } })).status,
    ).toBe(422);
  await api.ask("PUT", "/sign-in-rules", { json: { ...rules, askAgainMinutes: 15 } });
  expect(await askedWith(admin.cookie)).toBe(NEEDED);
});

test("a proof is on record, and so is one that was refused", async () => {
  const admin = await personOf(api, "admin");
  const run = (form: Record<string, string>) =>
    act(
      { folder: "login/again", name: "proveAgain", door: ["read", "own", form] },
      headersOf(admin.cookie),
      {},
    );
  expect(await run({ password: "not the password" })).toBe("auth.password_refused");
  expect(await run({})).toBe("operation.invalid_input");
  expect(await run({ password: PASSWORD })).toBe("done");
  const { prisma } = api.runtime.db;
  const entry = await prisma.auditEntry.findFirstOrThrow({
    where: { action: "sign_in.prove_again", objectId: admin.id },
  });
  expect(entry).toMatchObject({ actorId: admin.id, detail: { by: "password" } });
  expect(await prisma.auditEntry.count({ where: { action: "sign_in.refuse" } })).toBeGreaterThan(0);
});
