import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createPasskeys, type PasskeyAnswer } from "#lib/auth/passkeys/passkeys.ts";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import { createPasskeyStore } from "#lib/db/sign-in/store.ts";
import { addPasskey, beginPasskey, listOwnPasskeys } from "#lib/operations/passkeys/own.ts";
import { removePasskey, renamePasskey } from "#lib/operations/passkeys/own.ts";
import { removeOperator } from "#lib/operations/operators/operators.ts";
import { resetSecondFactor } from "#lib/operations/second-factor/reset.ts";
import { beginApp } from "#lib/operations/second-factor/own.ts";
import { API_URL, startApi, type Api } from "#tests/support/api.ts";
import { TEST_SECRET } from "#tests/support/installation.ts";
import { createPasskeyDevice, type Deviation } from "#tests/support/passkey-device.ts";
import { letProofAge, personOf } from "../stage.ts";

const PASSWORD = "a password of the tests";

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());
beforeEach(async () => {
  vi.useRealTimers();
  await api.runtime.db.prisma.signInAttempts.deleteMany();
});

const headersOf = (cookie: string) => new Headers({ cookie });
const cookieOf = ({ setCookie }: { setCookie: string[] }) =>
  setCookie.map((each) => each.split(";", 1)[0]).join("; ");
const door = () => api.runtime.signIn;
const askerOf = async (cookie: string) =>
  api.runtime.askerFor((await door().operatorOf(headersOf(cookie))) as Operator);

/** What was answered, by its code; of a passkey that is refused, with the reason. */
const answered = (doing: Promise<unknown>) =>
  doing.then(
    () => "done",
    (error: { code: string; reason?: string }) =>
      error.code === "auth.passkey_refused" ? `refused: ${error.reason}` : error.code,
  );

/** Somebody with a passkey, signed in by the password. */
async function withPasskey(role: "viewer" | "admin" = "viewer") {
  const person = await personOf(api, role);
  const device = createPasskeyDevice(API_URL);
  const asker = await askerOf(person.cookie);
  const answer = device.create(await beginPasskey(asker));
  await addPasskey(asker, { ...answer, name: "my phone" });
  return { ...person, device };
}
type Owner = Awaited<ReturnType<typeof withPasskey>>;

const enter = (answer: PasskeyAnswer) => door().enterByPasskey(answer, new Headers());
const enterBy = async ({ device }: Pick<Owner, "device">, given?: Deviation) =>
  enter(device.get(await door().askPasskey(), given));

const requireFactor = (adminsNeedSecondFactor: boolean) =>
  api.ask("PUT", "/sign-in-rules", { json: { askAgainMinutes: 15, adminsNeedSecondFactor } });

describe("a sign-in", () => {
  test("opens a session that stands on two factors, without e-mail or password", async () => {
    const owner = await withPasskey();
    const opened = await enterBy(owner);
    const operator = await door().operatorOf(headersOf(cookieOf(opened)));
    expect(operator).toMatchObject({ email: owner.email, session: { hasSecondFactor: true } });
    expect(opened.passkey.name).toBe("my phone");
  });

  test.each<[string, Deviation, string]>([
    ["by a page of another origin", { origin: "https://rollbook.example.org" }, "not_proved"],
    ["for another relying party", { rpId: "example.org" }, "not_proved"],
    ["of another challenge", { challenge: "c29tZXRoaW5nIGVsc2U" }, "not_proved"],
    ["in which the device did not ask who holds it", { isUnverified: true }, "not_proved"],
    ["of a credential that nobody here has", { credentialId: "AAAA" }, "unknown"],
    ["that names nobody", { userHandle: null }, "unknown"],
    ["that names somebody else", { userHandle: "c29tZWJvZHk" }, "unknown"],
  ])("an answer %s opens nothing", async (_what, given, reason) => {
    const owner = await withPasskey();
    expect(await answered(enterBy(owner, given))).toBe(`refused: ${reason}`);
    expect(await answered(enterBy(owner))).toBe("done");
  });

  test("another person's key does not sign for this credential", async () => {
    const [owner, other] = [await withPasskey(), await withPasskey()];
    const { credentialId } = owner.device;
    const userHandle = Buffer.from(owner.id).toString("base64url");
    expect(await answered(enterBy(other, { credentialId, userHandle }))).toBe(
      "refused: not_proved",
    );
  });

  test("an answer does once, also where it comes twice at the same time", async () => {
    const owner = await withPasskey();
    const answer = owner.device.get(await door().askPasskey());
    const both = [answered(enter(answer)), answered(enter(answer))];
    expect((await Promise.all(both)).sort()).toEqual(["done", "refused: over"]);
    expect(await answered(enter(answer))).toBe("refused: over");
  });

  test("a challenge that another process took is over in this one", async () => {
    const owner = await withPasskey();
    const other = createPasskeys({
      publicUrl: API_URL,
      sealer: createSealer(TEST_SECRET),
      store: createPasskeyStore(api.runtime.db),
    });
    const answer = owner.device.get(await other.ask({ for: "sign_in" }));
    await other.use({ for: "sign_in" }, answer);
    expect(await answered(enter(answer))).toBe("refused: over");
  });

  test("a challenge lasts five minutes, and one made elsewhere is none", async () => {
    const owner = await withPasskey();
    const asked = await door().askPasskey();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5 * 60_000 });
    expect(await answered(enter(owner.device.get(asked)))).toBe("refused: over");
    vi.useRealTimers();
    const elsewhere = createPasskeys({
      publicUrl: API_URL,
      sealer: createSealer("another secret, long enough for the sealer too"),
      store: createPasskeyStore(api.runtime.db),
    });
    const foreign = await elsewhere.ask({ for: "sign_in" });
    expect(await answered(enter(owner.device.get(foreign)))).toBe("refused: over");
  });

  test("who only asks leaves nothing behind", async () => {
    const { prisma } = api.runtime.db;
    const before = await prisma.usedSignInState.count();
    for (let turn = 0; turn < 50; turn++) await door().askPasskey();
    expect(await prisma.usedSignInState.count()).toBe(before);
  });

  test("a counter that goes back, or stands still, is refused", async () => {
    const owner = await withPasskey();
    expect(await answered(enterBy(owner, { counter: 7 }))).toBe("done");
    expect(await answered(enterBy(owner, { counter: 7 }))).toBe("refused: counter");
    expect(await answered(enterBy(owner, { counter: 3 }))).toBe("refused: counter");
    expect(await answered(enterBy(owner, { counter: 0 }))).toBe("refused: counter");
    expect(await answered(enterBy(owner, { counter: 4_294_967_295 }))).toBe("done");
  });

  test("a device that does not count is not held to it", async () => {
    const owner = await withPasskey();
    for (let turn = 0; turn < 2; turn++)
      expect(await answered(enterBy(owner, { counter: 0 }))).toBe("done");
  });

  test("a passkey of somebody who was removed, or has no password any more, opens nothing", async () => {
    const [gone, without] = [await withPasskey(), await withPasskey()];
    const admin = await personOf(api, "admin");
    await removeOperator(await askerOf(admin.cookie), { operatorId: gone.id });
    expect(await answered(enterBy(gone))).toBe("refused: unknown");
    await api.runtime.db.prisma.account.deleteMany({ where: { userId: without.id } });
    expect(await answered(enterBy(without))).toBe("refused: unknown");
  });

  test("answers that are none are refused, and an address waits after thirty", async () => {
    for (const response of ["", "{", "null", "[]", '{"id":"a b","response":{}}'])
      expect(await answered(enter({ ...(await door().askPasskey()), response }))).toBe(
        "refused: not_proved",
      );
    const { state } = await door().askPasskey();
    for (let turn = 0; turn < 25; turn++) await answered(enter({ state, response: "{}" }));
    expect(await answered(enter({ state, response: "{}" }))).toBe("auth.sign_in_throttled");
  });
});

describe("one's own passkeys", () => {
  test("are listed, named and removed, each on record", async () => {
    const owner = await withPasskey();
    const asker = await askerOf(owner.cookie);
    await enterBy(owner);
    const { items, blocked } = await listOwnPasskeys(asker);
    expect([items[0]?.name, items[0]?.lastUsedAt !== null, blocked]).toEqual([
      "my phone",
      true,
      null,
    ]);
    const passkeyId = items[0]!.id;
    await renamePasskey(asker, { passkeyId, name: "my old phone" });
    await removePasskey(asker, { passkeyId });
    expect((await listOwnPasskeys(asker)).items).toEqual([]);
    expect(await answered(enterBy(owner))).toBe("refused: unknown");
    const entries = await api.runtime.db.prisma.auditEntry.findMany({
      where: { objectId: owner.id, action: { startsWith: "passkey." } },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ action }) => action)).toEqual([
      "passkey.add",
      "passkey.rename",
      "passkey.remove",
    ]);
    expect(entries[0]?.detail).toEqual({ email: owner.email, name: "my phone" });
  });

  test("are nobody else's to name or remove", async () => {
    const [owner, other] = [await withPasskey(), await withPasskey()];
    const passkeyId = (await listOwnPasskeys(await askerOf(owner.cookie))).items[0]!.id;
    const stranger = await askerOf(other.cookie);
    expect(await answered(renamePasskey(stranger, { passkeyId, name: "x" }))).toBe(
      "operation.not_found",
    );
    expect(await answered(removePasskey(stranger, { passkeyId }))).toBe("operation.not_found");
  });

  test.each<[string, Deviation, string]>([
    ["by a page of another origin", { origin: "https://rollbook.example.org" }, "not_proved"],
    ["for another relying party", { rpId: "example.org" }, "not_proved"],
    ["of another challenge", { challenge: "c29tZXRoaW5nIGVsc2U" }, "not_proved"],
    ["of a device that does not ask who holds it", { isUnverified: true }, "not_proved"],
  ])("one made %s is not taken", async (_what, given, reason) => {
    const asker = await askerOf((await personOf(api, "viewer")).cookie);
    const answer = createPasskeyDevice(API_URL).create(await beginPasskey(asker), given);
    expect(await answered(addPasskey(asker, { ...answer, name: "x" }))).toBe(`refused: ${reason}`);
  });

  test("what was begun in one session is not added in another, nor twice, nor as a sign-in", async () => {
    const person = await personOf(api, "viewer");
    const asker = await askerOf(person.cookie);
    const device = createPasskeyDevice(API_URL);
    const answer = device.create(await beginPasskey(asker));
    const again = await door().signIn({ email: person.email, password: PASSWORD }, new Headers());
    const elsewhere = await askerOf(cookieOf(again));
    expect(await answered(addPasskey(elsewhere, { ...answer, name: "x" }))).toBe("refused: over");
    expect(await answered(enter(answer))).toBe("refused: over");
    expect(await answered(addPasskey(asker, { ...answer, name: "x" }))).toBe("done");
    const later = await askerOf(person.cookie);
    expect(await answered(addPasskey(later, { ...answer, name: "x" }))).toBe("refused: over");
    const anew = device.create(await beginPasskey(later));
    expect(await answered(addPasskey(later, { ...anew, name: "x" }))).toBe("operation.conflict");
  });

  test("who has no password here adds none: the provider lets them in", async () => {
    const person = await personOf(api, "viewer");
    await api.runtime.db.prisma.account.deleteMany({ where: { userId: person.id } });
    const asker = await askerOf(person.cookie);
    expect(await answered(beginPasskey(asker))).toBe("operation.conflict");
    expect((await listOwnPasskeys(asker)).blocked).toBe("no_password");
  });

  test("the password alone changes no second factor of who has a passkey", async () => {
    const owner = await withPasskey();
    const signedIn = await door().signIn({ email: owner.email, password: PASSWORD }, new Headers());
    const cookie = cookieOf(signedIn);
    const asker = await askerOf(cookie);
    const { items } = await listOwnPasskeys(asker);
    for (const act of [
      () => beginPasskey(asker),
      () => removePasskey(asker, { passkeyId: items[0]!.id }),
      () => beginApp(asker),
    ])
      await expect(act()).rejects.toMatchObject({
        code: "operation.proof_needed",
        ways: ["passkey"],
      });
    const asked = await door().askPasskeyAgain(headersOf(cookie));
    const proof = { passkey: owner.device.get(asked) };
    const renewed = cookieOf(await door().proveAgain(proof, headersOf(cookie)));
    expect(await answered(beginPasskey(await askerOf(renewed)))).toBe("done");
  });

  test("an admin takes them away from who has lost them", async () => {
    const owner = await withPasskey();
    const admin = await askerOf((await personOf(api, "admin")).cookie);
    const view = await resetSecondFactor(admin, { operatorId: owner.id });
    expect(view.secondFactors).toEqual([]);
    expect(await answered(enterBy(owner))).toBe("refused: unknown");
  });
});

describe("a proof", () => {
  test("by a passkey does, names it among the ways, and is bound to the session", async () => {
    const owner = await withPasskey();
    const other = await withPasskey();
    await letProofAge(api, owner.id);
    const old = await askerOf(owner.cookie);
    await expect(beginPasskey(old)).rejects.toMatchObject({ ways: ["passkey", "password"] });
    const asked = await door().askPasskeyAgain(headersOf(owner.cookie));
    expect(asked.options.allowCredentials?.map(({ id }) => id)).toEqual([
      owner.device.credentialId,
    ]);
    const foreign = { passkey: other.device.get(asked) };
    expect(await answered(door().proveAgain(foreign, headersOf(owner.cookie)))).toBe(
      "refused: unknown",
    );
    const stolen = { passkey: owner.device.get(asked) };
    expect(await answered(door().proveAgain(stolen, headersOf(other.cookie)))).toBe(
      "refused: over",
    );
    expect(await answered(enter(owner.device.get(asked)))).toBe("refused: over");
    const proof = { passkey: owner.device.get(asked) };
    const renewed = await door().proveAgain(proof, headersOf(owner.cookie));
    expect(await answered(beginPasskey(await askerOf(cookieOf(renewed))))).toBe("done");
  });
});

describe("where a second factor is asked of admins", () => {
  test("a passkey is one: by it all opens, by the password alone only what it is shown on", async () => {
    const owner = await withPasskey("admin");
    await requireFactor(true);
    const status = async (cookie: string) =>
      (await api.ask("GET", "/registrations", { key: null, headers: { cookie } })).status;
    expect(await status(cookieOf(await enterBy(owner)))).toBe(200);
    const half = cookieOf(
      await door().signIn({ email: owner.email, password: PASSWORD }, new Headers()),
    );
    expect(await status(half)).toBe(403);
    const asked = await door().askPasskeyAgain(headersOf(half));
    const proof = { passkey: owner.device.get(asked) };
    expect(await status(cookieOf(await door().proveAgain(proof, headersOf(half))))).toBe(200);
    await requireFactor(false);
  });

  test("an admin who adds one there goes on at once", async () => {
    const admin = await personOf(api, "admin");
    await requireFactor(true);
    const asker = await askerOf(admin.cookie);
    const answer = createPasskeyDevice(API_URL).create(await beginPasskey(asker));
    await addPasskey(asker, { ...answer, name: "a key" });
    expect((await api.ask("GET", "/registrations", admin.asked)).status).toBe(200);
    await requireFactor(false);
  });
});
