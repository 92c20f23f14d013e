import { afterAll, beforeAll, expect, test } from "vitest";
import { choosePassword, readPasswordLink } from "#lib/operations/passwords/password-links.ts";
import type { PasswordLink } from "#lib/operations/passwords/link-schema.ts";
import { OPERATOR, startApi, type Api, type Refusal } from "#tests/support/api.ts";
import { personOf } from "./stage.ts";

const PASSWORD = "a password that was chosen";
const LATER = { address: "203.0.113.7", id: "a request" };

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());

const mail = () => `${crypto.randomUUID()}@example.edu`;
const tokenOf = ({ url }: PasswordLink) => url.split("/").at(-1)!;

async function invited(email = mail()): Promise<PasswordLink> {
  const json = { name: "Grace", email, role: "operator" };
  return (await api.ask<PasswordLink>("POST", "/operator-invitations", { json })).body;
}
async function linkFor(id: string): Promise<PasswordLink> {
  return (
    await api.ask<PasswordLink>("POST", `/operators/${id}/password-link`, {
      json: { expiresInHours: 24 },
    })
  ).body;
}
const choose = (token: string, password = PASSWORD, now = new Date()) =>
  choosePassword(api.runtime.db, { token, password }, { now, request: LATER });
const signIn = (email: string, password = PASSWORD) =>
  api.runtime.signIn.signIn({ email, password }, new Headers());
const code = (doing: Promise<unknown>) =>
  doing.then(
    () => "done",
    (error: Refusal) => error.code,
  );

test("who is invited chooses a password once, and then signs in", async () => {
  const email = mail();
  const link = await invited(email);
  expect(link.operator).toMatchObject({ email, role: "operator", signsInBy: [] });
  expect(link.operator.linkEndsAt).toBe(link.expiresAt);
  expect(await code(signIn(email))).toBe("auth.sign_in_refused");
  await choose(tokenOf(link));
  const { operator } = await signIn(email);
  expect(operator.name).toBe("Grace");
  expect(await code(choose(tokenOf(link), "another password of hers"))).toBe("operation.not_found");
  const entries = await api.runtime.db.prisma.auditEntry.findMany({
    where: { objectId: operator.id },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ action, actorId, address }) => [action, actorId, address])).toMatchObject([
    ["operator.invite", expect.any(String), null],
    ["operator.choose_password", operator.id, LATER.address],
  ]);
});

test("of two who use a link at once one sets the password", async () => {
  const token = tokenOf(await invited());
  const outcomes = await Promise.all([code(choose(token)), code(choose(token))]);
  expect(outcomes.sort()).toEqual(["done", "operation.not_found"]);
});

test("a link is kept as a hash alone, and is nowhere in the audit", async () => {
  const token = tokenOf(await invited());
  const { prisma } = api.runtime.db;
  const kept = [await prisma.signInLink.findMany(), await prisma.auditEntry.findMany()];
  const text = JSON.stringify(kept, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(text).not.toContain(token);
});

test("a link ends with its time", async () => {
  const link = await invited();
  const after = new Date(Date.parse(link.expiresAt) + 1);
  expect(await code(choose(tokenOf(link), PASSWORD, after))).toBe("operation.not_found");
  const reading = readPasswordLink(api.runtime.db, { token: tokenOf(link), now: after });
  expect(await code(reading)).toBe("operation.not_found");
});

test("a link made anew takes the place of the one before, and of the password when it is used", async () => {
  const person = await personOf(api, "viewer");
  const first = await linkFor(person.id);
  const second = await linkFor(person.id);
  expect(await code(choose(tokenOf(first)))).toBe("operation.not_found");
  expect(await code(signIn(person.email, "a password of the tests"))).toBe("done");
  await choose(tokenOf(second));
  expect(await code(signIn(person.email, "a password of the tests"))).toBe("auth.sign_in_refused");
  expect(await code(signIn(person.email))).toBe("done");
});

test("every session of the person ends with the new password", async () => {
  const person = await personOf(api, "viewer");
  await choose(tokenOf(await linkFor(person.id)));
  expect((await api.ask("GET", "/courses", person.asked)).status).toBe(401);
});

test("who is removed cannot come back by a link", async () => {
  const link = await invited();
  await api.ask("DELETE", `/operators/${link.operator.id}`);
  expect(await code(choose(tokenOf(link)))).toBe("operation.not_found");
});

test("nobody makes a link for who may do more than they may", async () => {
  const admin = await personOf(api, "admin");
  const seesNames = await personOf(api, "viewer", { seesNames: true });
  const path = `/operators/${seesNames.id}/password-link`;
  const { status, body } = await api.ask("POST", path, {
    ...admin.asked,
    json: { expiresInHours: 24 },
  });
  expect([status, body.code]).toEqual([403, "operation.not_permitted"]);
});

test("a common password is refused, by link, at first and for somebody else", async () => {
  const token = tokenOf(await invited());
  expect(await code(choose(token, "password1234"))).toBe("operation.invalid_input");
  expect(await code(choose(token))).toBe("done");
  const json = { name: "Grace", email: mail(), password: "password1234" };
  const { status, body } = await api.ask("POST", "/operators", { json });
  expect(status).toBe(422);
  expect(body.fields.password?.[0]).toContain("others would guess this password");
});

test("a token that nobody made opens nothing, whatever it is made of", async () => {
  for (const token of ["x", "\0", "x".repeat(200), OPERATOR.email])
    expect(await code(choose(token))).toMatch(/operation\.(not_found|invalid_input)/);
});
