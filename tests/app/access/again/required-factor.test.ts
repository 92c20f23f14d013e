import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ROUTES } from "../../../../app/_server/rest/routes/index.ts";
import { codeAt, stepAt } from "#lib/auth/second-factor/totp.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import { createWayIn, choosePassword } from "#lib/operations/passwords/password-links.ts";
import * as own from "#lib/operations/second-factor/own.ts";
import { startApi, type Api, type Asked } from "#tests/support/api.ts";
import { askRoute } from "../ask-route.ts";
import { REST_DOORS } from "../doors.ts";
import { keyOf, personOf } from "../stage.ts";

const NEEDED = "operation.second_factor_needed";
const PASSWORD = "a password of the tests";
const RULES = { askAgainMinutes: 15, adminsNeedSecondFactor: true };

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());
beforeEach(async () => {
  await api.runtime.db.prisma.signInAttempts.deleteMany();
  await api.ask("PUT", "/sign-in-rules", { json: { ...RULES, adminsNeedSecondFactor: false } });
});

const ruled = () => api.ask("PUT", "/sign-in-rules", { json: RULES });
const askerOf = async (cookie: string) => {
  const operator = await api.runtime.signIn.operatorOf(new Headers({ cookie }));
  return api.runtime.askerFor(operator as Operator);
};
const status = async (asked: Asked) => (await api.ask("GET", "/registrations", asked)).status;

async function setUp(cookie: string): Promise<{ codes: string[] }> {
  const asker = await askerOf(cookie);
  await own.beginApp(asker);
  const { key } = (await own.getOwnSecondFactor(asker)).setUp!;
  return own.confirmApp(asker, { code: codeAt(key, stepAt(new Date())), present: PASSWORD });
}

test("an admin without one can do nothing but what is their own", async () => {
  const admin = await personOf(api, "admin");
  await ruled();
  for (const route of ROUTES) {
    const [needs, reach] = REST_DOORS[`${route.method} ${route.path}`]!;
    const { body } = await askRoute(api, route, admin.asked);
    const isOwn = needs === "read" && reach === "own";
    expect({ route: `${route.method} ${route.path}`, refused: body?.code === NEEDED }).toEqual({
      route: `${route.method} ${route.path}`,
      refused: !isOwn,
    });
  }
});

test("the session under way goes on once it is set up, and recovery codes lead back in", async () => {
  const admin = await personOf(api, "admin");
  await ruled();
  expect(await status(admin.asked)).toBe(403);
  const { codes } = await setUp(admin.cookie);
  expect(await status(admin.asked)).toBe(200);
  const credentials = { email: admin.email, password: PASSWORD };
  const half = await api.runtime.signIn.signIn(credentials, new Headers());
  expect(half.isWhole).toBe(false);
  const cookie = half.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const whole = await api.runtime.signIn.enterCode(codes[0]!, new Headers({ cookie }));
  const entered = whole.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  expect(await status({ key: null, headers: { cookie: entered } })).toBe(200);
});

test("viewers, operators and keys are not asked", async () => {
  const people = [await personOf(api, "viewer"), await personOf(api, "operator")];
  const key = await keyOf(api, ["admin"]);
  await ruled();
  for (const { asked } of [...people, key]) expect(await status(asked)).toBe(200);
});

test("an admin asks it of admins only with one of their own", async () => {
  const admin = await personOf(api, "admin");
  const refused = await api.ask("PUT", "/sign-in-rules", { ...admin.asked, json: RULES });
  expect([refused.status, refused.body.code]).toEqual([409, "operation.conflict"]);
  await setUp(admin.cookie);
  expect((await api.ask("PUT", "/sign-in-rules", { ...admin.asked, json: RULES })).status).toBe(
    200,
  );
});

test("who lost it comes in by the way in on the server, and sets up a new one", async () => {
  const admin = await personOf(api, "admin");
  await setUp(admin.cookie);
  await ruled();
  const { runtime } = api;
  const caller = runtime.askerFor({ kind: "system", id: "system", name: "Rollbook" });
  const { url } = await createWayIn(caller, { operatorId: admin.id, expiresInHours: 1 });
  const token = url.split("/").at(-1)!;
  const password = "another password of the tests";
  const request = { address: null, id: "a request" };
  const { person } = await choosePassword(
    runtime.db,
    { token, password },
    { now: new Date(), request },
  );
  const { setCookie, isWhole } = await runtime.signIn.goOn(person, "link", new Headers());
  expect(isWhole).toBe(true);
  const cookie = setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const asked = { key: null, headers: { cookie } };
  expect(await status(asked)).toBe(403);
  const asker = await askerOf(cookie);
  await own.beginApp(asker);
  const { key } = (await own.getOwnSecondFactor(asker)).setUp!;
  await own.confirmApp(asker, { code: codeAt(key, stepAt(new Date())), present: password });
  expect(await status(asked)).toBe(200);
});
