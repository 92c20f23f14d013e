import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import type { SingleSignOnTest, SingleSignOnView } from "#lib/operations/single-sign-on/schema.ts";
import { OPERATOR, startApi, type Api } from "#tests/support/api.ts";
import { createCourse } from "../api/inputs.ts";
import { REDIRECT_URI, stageOf } from "#tests/support/single-sign-on/stage.ts";
import {
  CLIENT,
  startProvider,
  type TestProvider,
} from "#tests/support/single-sign-on/provider.ts";

let api: Api;
let provider: TestProvider;
beforeAll(async () => {
  api = await startApi();
  provider = await startProvider({ redirectUri: REDIRECT_URI });
});
afterAll(async () => {
  await provider.stop();
  await api.stop();
});
afterEach(() => {
  for (const login of Object.keys(provider.people)) delete provider.people[login];
});

const rule = (value: string, role: string, more: object = {}) => ({
  claim: "groups",
  value,
  role,
  seesNames: false,
  registrationIds: [],
  ...more,
});

/** Somebody at the provider, whom nobody here knows yet. */
function somebody(claims: object = {}): string {
  const login = crypto.randomUUID();
  const email = `${login}@example.edu`;
  provider.people[login] = { email, email_verified: true, name: "Grace Hopper", ...claims };
  return login;
}
async function known(id: string): Promise<OperatorView | undefined> {
  const { body } = await api.ask<{ items: OperatorView[] }>("GET", "/operators");
  return body.items.find((each) => each.id === id);
}
const actionsOn = async (objectId: string) => {
  const where = { objectId };
  const entries = await api.runtime.db.prisma.auditEntry.findMany({
    where,
    orderBy: { id: "asc" },
  });
  return entries.map(({ action }) => action);
};

test.each(["viewer", "operator", "admin"])("the group of a %s makes one", async (role) => {
  const stage = stageOf(api, provider, { values: { rules: [rule("ours", role)] } });
  const id = await stage.enter(somebody({ groups: ["theirs", "ours"] }));
  expect(await known(id)).toMatchObject({
    name: "Grace Hopper",
    role,
    seesNames: false,
    accessByRule: true,
    signsInBy: ["single_sign_on"],
  });
  expect(await actionsOn(id)).toEqual(["operator.create", "operator.link_provider"]);
});

test("a rule gives names and limits to registrations, and the first that is met counts", async () => {
  const { registrationId } = await createCourse(api);
  const limited = { seesNames: true, registrationIds: [registrationId] };
  const rules = [rule("vendor", "operator", limited), rule("all", "viewer")];
  const stage = stageOf(api, provider, { values: { rules } });
  const id = await stage.enter(somebody({ groups: ["all", "vendor"] }));
  expect(await known(id)).toMatchObject({ role: "operator", ...limited });
});

test("a verified address of a domain is a rule, an unverified one is none", async () => {
  const rules = [rule("@example.edu", "viewer", { claim: "email" })];
  const stage = stageOf(api, provider, { values: { rules } });
  expect((await known(await stage.enter(somebody())))?.role).toBe("viewer");
  expect(await stage.enter(somebody({ email_verified: false }))).toBe("email_unverified");
  expect(await stage.enter(somebody({ email: "a@sub.example.edu" }))).toBe("not_invited");
  expect(await stage.enter(somebody({ email: "a@example.edu.evil.example" }))).toBe("not_invited");
});

test("without an invitation or a rule nobody comes in, and nothing is kept of them", async () => {
  const before = await api.runtime.db.prisma.user.count();
  const stage = stageOf(api, provider, { values: { rules: [rule("ours", "admin")] } });
  expect(await stage.enter(somebody({ groups: ["theirs"] }))).toBe("not_invited");
  expect(await stage.enter(somebody({ groups: "Ours" }))).toBe("not_invited");
  expect(await api.runtime.db.prisma.user.count()).toBe(before);
});

test("who is invited keeps what the invitation gave, whatever the rules say", async () => {
  const login = somebody({ groups: ["ours"] });
  const json = { name: "Grace", email: `${login.toUpperCase()}@example.edu`, role: "operator" };
  const { body } = await api.ask<{ operator: OperatorView }>("POST", "/operator-invitations", {
    json,
  });
  const stage = stageOf(api, provider, { values: { rules: [rule("ours", "admin")] } });
  expect(await stage.enter(login)).toBe(body.operator.id);
  expect(await known(body.operator.id)).toMatchObject({ role: "operator", accessByRule: false });
});

test("an unverified e-mail takes over nobody who is known here", async () => {
  const login = somebody({ email: OPERATOR.email, email_verified: false });
  expect(await stageOf(api, provider).enter(login)).toBe("email_unverified");
  const said = somebody({ email: OPERATOR.email, email_verified: undefined });
  expect(await stageOf(api, provider).enter(said)).toBe("email_unverified");
});

test("an address that the provider gave to somebody else does not take over who had it", async () => {
  const rules = [rule("@example.edu", "viewer", { claim: "email" })];
  const stage = stageOf(api, provider, { values: { rules } });
  const first = somebody();
  await stage.enter(first);
  const second = somebody({ email: `${first}@example.edu` });
  expect(await stage.enter(second)).toBe("other_account");
});

test("who came by a rule follows it at each sign-in, and is out when none fits any more", async () => {
  const rules = [rule("admins", "admin"), rule("ours", "viewer")];
  const stage = stageOf(api, provider, { values: { rules } });
  const login = somebody({ groups: ["ours"] });
  const id = await stage.enter(login);
  provider.people[login]!.groups = ["admins"];
  await stage.enter(login);
  expect((await known(id))?.role).toBe("admin");
  await api.runtime.signIn.open(id, new Date(), new Headers());
  provider.people[login]!.groups = [];
  expect(await stage.enter(login)).toBe("not_invited");
  expect(await api.runtime.db.prisma.session.count({ where: { userId: id } })).toBe(0);
  expect(await actionsOn(id)).toEqual([
    "operator.create",
    "operator.link_provider",
    "operator.change_access",
    "operator.lose_rule",
  ]);
});

test("a session by single sign-on is one like any other: listed, and over by its limits", async () => {
  const rules = [rule("ours", "viewer")];
  const login = somebody({ groups: ["ours"] });
  const id = await stageOf(api, provider, { values: { rules } }).enter(login);
  const { setCookie } = await api.runtime.signIn.open(id, new Date(), new Headers());
  const cookie = setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const status = async () =>
    (await api.ask("GET", "/account/sessions", { key: null, headers: { cookie } })).status;
  expect(await status()).toBe(200);
  const lastSeenAt = new Date(Date.now() - 9 * 3_600_000);
  await api.runtime.db.prisma.session.updateMany({ where: { userId: id }, data: { lastSeenAt } });
  expect(await status()).toBe(401);
});

test("single sign-on only counts once an admin came in through this very provider", async () => {
  await api.runtime.db.prisma.setting.deleteMany({ where: { key: { endsWith: ".proven" } } });
  const values = { only: true, rules: [rule("admins", "admin")] };
  const stage = stageOf(api, provider, { values });
  const isOff = async () => (await stage.flow.offer()).passwordsAreOff;
  expect(await isOff()).toBe(false);
  expect(stage.warnings.join()).toContain("no admin has signed in through this provider");
  await stage.enter(somebody({ groups: ["admins"] }));
  expect(await isOff()).toBe(true);

  // A typing error in the issuer or the client afterwards locks nobody out.
  for (const typo of [
    { issuer: `${provider.issuer}/typo` },
    { clientId: "rolbook" },
    { issuer: "" },
  ]) {
    const wrong = stageOf(api, provider, { values: { ...values, ...typo } });
    expect((await wrong.flow.offer()).passwordsAreOff).toBe(false);
    expect(wrong.warnings).toHaveLength(1);
  }

  // And the way back in where the provider itself is away.
  await api.ask("POST", "/single-sign-on/allow-passwords");
  expect(await isOff()).toBe(false);
});

test("the settings are kept with a sealed secret, tested, and nobody reads the secret", async () => {
  const json = { issuer: provider.issuer, ...CLIENT, scopes: "openid email groups", label: "Uni" };
  const saved = await api.ask<SingleSignOnView>("PUT", "/single-sign-on", { json });
  expect(saved.body).toMatchObject({ isOn: true, hasClientSecret: true, source: "settings" });
  expect(JSON.stringify(saved.body)).not.toContain(CLIENT.clientSecret);
  const kept = await api.runtime.db.prisma.setting.findMany();
  expect(JSON.stringify(kept)).not.toContain(CLIENT.clientSecret);
  const test = await api.ask<SingleSignOnTest>("POST", "/single-sign-on/test");
  expect(test.body).toMatchObject({
    works: true,
    issuer: provider.issuer,
    keys: [{ kid: provider.key.kid, alg: "RS256" }],
    problems: [],
  });
  expect(await api.runtime.singleSignOn.offer()).toEqual({ label: "Uni", passwordsAreOff: false });

  const { clientSecret: _, ...without } = json;
  const again = await api.ask<SingleSignOnView>("PUT", "/single-sign-on", {
    json: { ...without, issuer: `${provider.issuer}/typo` },
  });
  expect(again.body.hasClientSecret).toBe(true);
  const typo = await api.ask<SingleSignOnTest>("POST", "/single-sign-on/test");
  expect(typo.body.works).toBe(false);
  expect(typo.body.words).toContain(`${provider.issuer}/typo cannot be used`);
  const entry = await api.runtime.db.prisma.auditEntry.findFirst({
    where: { action: "single_sign_on.change" },
  });
  expect(JSON.stringify(entry?.detail)).not.toContain(CLIENT.clientSecret);
});

test.each([
  [{ issuer: "ftp://login.example.edu" }, "issuer"],
  [{ issuer: "https://login.example.edu/?a=b" }, "issuer"],
  [{ scopes: "email" }, "scopes"],
  [{ rules: [rule("", "viewer")] }, "rules.0.value"],
])("%j is refused, with where", async (given, field) => {
  const json = { issuer: "https://login.example.edu", clientId: "rollbook", ...given };
  const { status, body } = await api.ask("PUT", "/single-sign-on", { json });
  expect([status, Object.keys(body.fields)]).toEqual([422, [field]]);
});
