import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import type { Asker } from "#lib/operations/caller.ts";
import {
  createPasswordLink,
  createWayIn,
  choosePassword,
} from "#lib/operations/passwords/password-links.ts";
import * as own from "#lib/operations/second-factor/own.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { personOf } from "./stage.ts";

const PASSWORD = "a password of the tests";

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());
beforeEach(async () => {
  // Codes are of their half minute, however slow the machine is.
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await api.runtime.db.prisma.signInAttempts.deleteMany();
});

const code = (doing: Promise<unknown>) =>
  doing.then(
    () => "done",
    (error: { code: string }) => error.code,
  );

const cookieOf = ({ setCookie }: { setCookie: string[] }) =>
  new Headers({ cookie: setCookie.map((each) => each.split(";", 1)[0]).join("; ") });

const enter = (email: string) =>
  api.runtime.signIn.signIn({ email, password: PASSWORD }, new Headers());

type Person = { id: string; email: string; headers: Headers; asker: Asker; key: string };

/** Somebody whose app is set up; what it shows comes of `key`. */
async function withApp(): Promise<Person & { codes: string[] }> {
  const { id, email, cookie } = await personOf(api, "admin");
  const headers = new Headers({ cookie });
  const operator = (await api.runtime.signIn.operatorOf(headers)) as Operator;
  const asker = api.runtime.askerFor(operator);
  await own.beginApp(asker);
  const key = (await own.getOwnSecondFactor(asker)).setUp!.key;
  const { codes } = await own.confirmApp(asker, { code: shown(key, -1), present: PASSWORD });
  return { id, email, headers, asker, key, codes };
}

const shown = (key: string, later = 0) => codeAt(key, stepAt(new Date()) + later);

async function actionsOf(id: string): Promise<string[]> {
  const entries = await api.runtime.db.prisma.auditEntry.findMany({
    where: { objectId: id },
    orderBy: { id: "asc" },
  });
  return entries.map(({ action }) => action);
}

test("without a second factor a password opens a session", async () => {
  const { email } = await personOf(api, "viewer");
  const entered = await enter(email);
  expect(entered.isWhole).toBe(true);
  expect((await api.runtime.signIn.operatorOf(cookieOf(entered)))?.session?.hasSecondFactor).toBe(
    false,
  );
});

test("with an app the password opens nothing, and the code of the app does", async () => {
  const { email, key } = await withApp();
  const entered = await enter(email);
  expect(entered.isWhole).toBe(false);
  const half = cookieOf(entered);
  expect(await api.runtime.signIn.operatorOf(half)).toBe(null);
  const whole = await api.runtime.signIn.enterCode(shown(key), half);
  const operator = await api.runtime.signIn.operatorOf(cookieOf(whole));
  expect(operator).toMatchObject({ email, session: { hasSecondFactor: true } });
});

test("a code is good once, also where it comes twice at the same time", async () => {
  const { email, key } = await withApp();
  const half = cookieOf(await enter(email));
  const typed = shown(key);
  const both = [1, 2].map(() => code(api.runtime.signIn.enterCode(typed, half)));
  expect((await Promise.all(both)).sort()).toEqual(["auth.code_refused", "done"]);
  const again = cookieOf(await enter(email));
  expect(await code(api.runtime.signIn.enterCode(typed, again))).toBe("auth.code_refused");
  expect(await code(api.runtime.signIn.enterCode(shown(key, 1), again))).toBe("done");
});

test("a second step opens one session: its cookie does no more, with another code either", async () => {
  const { email, key, codes } = await withApp();
  const half = cookieOf(await enter(email));
  expect(await code(api.runtime.signIn.enterCode(shown(key), half))).toBe("done");
  for (const next of [shown(key, 1), codes[0]!])
    expect(await code(api.runtime.signIn.enterCode(next, half))).toBe("auth.second_step_over");
});

test("a new password ends the second step that the old one began", async () => {
  const { id, email, key, headers } = await withApp();
  const half = cookieOf(await enter(email));
  const next = "another password of the tests";
  await api.runtime.signIn.changePassword({ present: PASSWORD, next }, headers);
  expect(await code(api.runtime.signIn.enterCode(shown(key), half))).toBe("auth.second_step_over");
  const terminal = api.runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
  const begun = cookieOf(await api.runtime.signIn.signIn({ email, password: next }, new Headers()));
  const { url } = await createPasswordLink(terminal, { operatorId: id, expiresInHours: 1 });
  const chosen = { token: url.split("/").at(-1)!, password: "chosen by a link of the tests" };
  const by = { now: new Date(), request: { address: null, id: "a request" } };
  await choosePassword(api.runtime.db, chosen, by);
  expect(await code(api.runtime.signIn.enterCode(shown(key), begun))).toBe("auth.second_step_over");
});

test("the cookie of a second step is sealed, and one that was changed opens nothing", async () => {
  const { email, key } = await withApp();
  const [cookie = ""] = (await enter(email)).setCookie;
  expect(cookie).toMatch(/; Max-Age=600; Path=\/login; HttpOnly; SameSite=Lax/);
  expect(decodeURIComponent(cookie)).not.toContain(email);
  const [named = ""] = cookie.split(";", 1);
  const changed = new Headers({ cookie: `${named.slice(0, -8)}AAAAAAAA` });
  expect(await code(api.runtime.signIn.enterCode(shown(key), changed))).toBe(
    "auth.second_step_over",
  );
});

test("a recovery code is good once, in any case and without its hyphens", async () => {
  const { email, codes, asker } = await withApp();
  expect(new Set(codes).size).toBe(10);
  const half = cookieOf(await enter(email));
  const typed = codes[3]!.toLowerCase().replaceAll("-", " ");
  const whole = await api.runtime.signIn.enterCode(typed, half);
  expect(whole.kind).toBe("recovery code");
  const again = cookieOf(await enter(email));
  expect(await code(api.runtime.signIn.enterCode(codes[3]!, again))).toBe("auth.code_refused");
  expect((await own.getOwnSecondFactor(asker)).recoveryCodes).toBe(9);
});

test("new recovery codes take the place of those before", async () => {
  const { email, key, codes, asker } = await withApp();
  const { codes: renewed } = await own.renewRecoveryCodes(asker, {
    code: shown(key),
    present: PASSWORD,
  });
  const half = cookieOf(await enter(email));
  expect(await code(api.runtime.signIn.enterCode(codes[0]!, half))).toBe("auth.code_refused");
  expect(await code(api.runtime.signIn.enterCode(renewed[0]!, half))).toBe("done");
});

test("a recovery code of somebody else opens nothing", async () => {
  const [ada, eve] = [await withApp(), await withApp()];
  const half = cookieOf(await enter(ada.email));
  expect(await code(api.runtime.signIn.enterCode(eve.codes[0]!, half))).toBe("auth.code_refused");
});

test("codes are counted as passwords are: after five wrong ones the right one has to wait", async () => {
  const { email, key } = await withApp();
  const half = cookieOf(await enter(email));
  for (let turn = 0; turn < 5; turn++)
    expect(await code(api.runtime.signIn.enterCode("000000", half))).toBe("auth.code_refused");
  expect(await code(api.runtime.signIn.enterCode(shown(key), half))).toBe("auth.sign_in_throttled");
});

test("guesses from elsewhere do not keep a device that is known waiting at the code", async () => {
  const { email, key, headers } = await withApp();
  const half = cookieOf(await enter(email));
  for (let turn = 0; turn < 6; turn++) await code(api.runtime.signIn.enterCode("000000", half));
  const known = new Headers({ cookie: `${headers.get("cookie")}; ${half.get("cookie")}` });
  expect(await code(api.runtime.signIn.enterCode(shown(key), known))).toBe("done");
});

test("the second step is asked for ten minutes, and of nobody without a first one", async () => {
  const { email, key } = await withApp();
  const half = cookieOf(await enter(email));
  expect(await code(api.runtime.signIn.enterCode(shown(key), new Headers()))).toBe(
    "auth.second_step_over",
  );
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * 60_000 });
  expect(await code(api.runtime.signIn.enterCode(shown(key), half))).toBe("auth.second_step_over");
});

test("an app counts once its first code was typed; until then a password does", async () => {
  const { email, cookie } = await personOf(api, "admin");
  const operator = (await api.runtime.signIn.operatorOf(new Headers({ cookie }))) as Operator;
  const asker = api.runtime.askerFor(operator);
  await own.beginApp(asker);
  expect((await own.getOwnSecondFactor(asker)).app).toBe("begun");
  expect(await code(own.confirmApp(asker, { code: "000000", present: PASSWORD }))).toBe(
    "auth.code_refused",
  );
  expect((await enter(email)).isWhole).toBe(true);
});

test("setting it up asks for the password, wherever the browser was left open", async () => {
  const { email, cookie } = await personOf(api, "admin");
  const operator = (await api.runtime.signIn.operatorOf(new Headers({ cookie }))) as Operator;
  const asker = api.runtime.askerFor(operator);
  await own.beginApp(asker);
  const { key } = (await own.getOwnSecondFactor(asker)).setUp!;
  const typed = { code: shown(key), present: "not the password" };
  expect(await code(own.confirmApp(asker, typed))).toBe("auth.password_refused");
  expect((await enter(email)).isWhole).toBe(true);
  for (let turn = 0; turn < 4; turn++) await code(own.confirmApp(asker, typed));
  expect(await code(own.confirmApp(asker, { ...typed, present: PASSWORD }))).toBe(
    "auth.sign_in_throttled",
  );
});

test("switching it off and new recovery codes ask for a code, and are held as guesses are", async () => {
  const { email, key, asker } = await withApp();
  const wrong = { code: "000000", present: PASSWORD };
  expect(await code(own.renewRecoveryCodes(asker, wrong))).toBe("auth.code_refused");
  for (let turn = 0; turn < 4; turn++)
    expect(await code(own.removeApp(asker, wrong))).toBe("auth.code_refused");
  expect(await code(own.removeApp(asker, { code: shown(key), present: PASSWORD }))).toBe(
    "auth.sign_in_throttled",
  );
  expect((await enter(email)).isWhole).toBe(false);
});

test("who has no password has nothing to set an app up beside", async () => {
  const { id, cookie } = await personOf(api, "viewer");
  const operator = (await api.runtime.signIn.operatorOf(new Headers({ cookie }))) as Operator;
  const asker = api.runtime.askerFor(operator);
  await api.runtime.db.prisma.account.deleteMany({ where: { userId: id } });
  expect((await own.getOwnSecondFactor(asker)).hasPassword).toBe(false);
  expect(await code(own.beginApp(asker))).toBe("operation.conflict");
});

test("setting it up ends the other sessions and keeps this one", async () => {
  const { email, cookie } = await personOf(api, "admin");
  const other = cookieOf(await enter(email));
  const headers = new Headers({ cookie });
  const operator = (await api.runtime.signIn.operatorOf(headers)) as Operator;
  const asker = api.runtime.askerFor(operator);
  await own.beginApp(asker);
  const { key } = (await own.getOwnSecondFactor(asker)).setUp!;
  await own.confirmApp(asker, { code: shown(key), present: PASSWORD });
  expect(await api.runtime.signIn.operatorOf(other)).toBe(null);
  expect((await api.runtime.signIn.operatorOf(headers))?.session?.hasSecondFactor).toBe(true);
});

test("switched off, the password does again and recovery codes open nothing", async () => {
  const { id, email, key, asker } = await withApp();
  await own.removeApp(asker, { code: shown(key), present: PASSWORD });
  expect((await enter(email)).isWhole).toBe(true);
  expect(await own.getOwnSecondFactor(asker)).toMatchObject({ app: "off", recoveryCodes: 0 });
  expect(
    await code(own.renewRecoveryCodes(asker, { code: shown(key, 1), present: PASSWORD })),
  ).toBe("operation.conflict");
  expect(await actionsOf(id)).toEqual([
    "operator.create",
    "second_factor.begin_app",
    "second_factor.set_up_app",
    "second_factor.remove_app",
  ]);
});

test("a new password keeps the second factor of its session", async () => {
  const { email, key } = await withApp();
  const half = cookieOf(await enter(email));
  const whole = cookieOf(await api.runtime.signIn.enterCode(shown(key), half));
  const next = "another password of the tests";
  const changed = await api.runtime.signIn.changePassword({ present: PASSWORD, next }, whole);
  const operator = await api.runtime.signIn.operatorOf(cookieOf(changed));
  expect(operator?.session?.hasSecondFactor).toBe(true);
  expect(await api.runtime.signIn.operatorOf(whole)).toBe(null);
});

test("key and codes are not readable in the database", async () => {
  const { key, codes } = await withApp();
  const { prisma } = api.runtime.db;
  const kept = [
    await prisma.totp.findMany(),
    await prisma.recoveryCode.findMany(),
    await prisma.auditEntry.findMany(),
  ];
  const text = JSON.stringify(kept, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  for (const secret of [key, ...codes, ...codes.map((each) => each.replaceAll("-", ""))])
    expect(text).not.toContain(secret);
});

test("an admin takes it away from who lost it; all their sessions end, and it is on record", async () => {
  const { id, email, headers } = await withApp();
  const path = `/operators/${id}/reset-second-factor`;
  const { status, body } = await api.ask<{ secondFactors: string[] }>("POST", path);
  expect([status, body.secondFactors]).toEqual([200, []]);
  expect(await api.runtime.signIn.operatorOf(headers)).toBe(null);
  expect((await enter(email)).isWhole).toBe(true);
  expect(await actionsOf(id)).toContain("operator.reset_second_factor");
  expect((await api.ask("POST", path)).body.code).toBe("operation.conflict");
});

test("a password link asks for the second factor, and the way in from the server does not", async () => {
  const { id, key } = await withApp();
  const terminal = api.runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
  const by = { now: new Date(), request: { address: null, id: "a request" } };
  const use = async ({ url }: { url: string }, password: string) => {
    const token = url.split("/").at(-1)!;
    const { person } = await choosePassword(api.runtime.db, { token, password }, by);
    return api.runtime.signIn.goOn(person, "link", new Headers());
  };
  const wanted = { operatorId: id, expiresInHours: 1 };
  const asked = await use(await createPasswordLink(terminal, wanted), "chosen by the first link");
  expect(asked.isWhole).toBe(false);
  expect(await code(api.runtime.signIn.enterCode(shown(key), cookieOf(asked)))).toBe("done");
  const past = await use(await createWayIn(terminal, wanted), "chosen by the second link");
  expect(past.isWhole).toBe(true);
});

test("an API key has no second factor to change", async () => {
  const key = api.runtime.askerFor({
    kind: "api_key",
    id: "k",
    name: "k",
    access: { rights: ["admin"], registrationIds: null },
  });
  expect(await code(own.beginApp(key))).toBe("operation.conflict");
});

test("guesses at the present password wait, with the right one too", async () => {
  const { email, cookie } = await personOf(api, "viewer");
  const headers = new Headers({ cookie });
  const next = "another word for the door";
  const { signIn, db } = api.runtime;
  for (let turn = 0; turn < 5; turn++)
    expect(await code(signIn.changePassword({ present: `guess ${turn}`, next }, headers))).toBe(
      "auth.password_refused",
    );
  expect(await code(signIn.changePassword({ present: PASSWORD, next }, headers))).toBe(
    "auth.sign_in_throttled",
  );
  // A stolen session does not keep its owner from signing in.
  expect((await enter(email)).isWhole).toBe(true);
  await db.prisma.signInAttempts.deleteMany();
  expect(await code(signIn.changePassword({ present: PASSWORD, next }, headers))).toBe("done");
});
