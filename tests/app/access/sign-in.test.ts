import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CLIENT_ADDRESS_HEADER } from "#lib/auth/client-address.ts";
import { networkOf, takeSignIn } from "#lib/auth/sign-in/attempts.ts";
import { createPasskeys } from "#lib/auth/passkeys/passkeys.ts";
import { createSealer } from "#lib/auth/secrets/seal.ts";
import { createSessionCookies } from "#lib/auth/sign-in/cookies.ts";
import { createSignIn } from "#lib/auth/sign-in/sign-in.ts";
import { createPasskeyStore, createSignInStore } from "#lib/db/sign-in/store.ts";
import { API_URL, OPERATOR, startApi, type Api } from "#tests/support/api.ts";
import { TEST_SECRET } from "#tests/support/installation.ts";

const HOME = "203.0.113.7";
const ELSEWHERE = "198.51.100.9";

let api: Api;
beforeAll(async () => void (api = await startApi()));
afterAll(() => api.stop());
beforeEach(async () => void (await api.runtime.db.prisma.signInAttempts.deleteMany()));

const from = (address: string, cookie?: string) =>
  new Headers({ [CLIENT_ADDRESS_HEADER]: address, ...(cookie && { cookie }) });

const enter = (password: string, headers: Headers, { email } = OPERATOR) =>
  api.runtime.signIn.signIn({ email, password }, headers);

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "in",
    (error: { code: string }) => error.code,
  );

/** Counted as a sign-in counts them, before it looks at the password. */
async function guess(
  times: number,
  at: (turn: number) => { address: string; email?: string },
): Promise<void> {
  const store = createSignInStore(api.runtime.db);
  for (let turn = 0; turn < times; turn++)
    await refusal(takeSignIn(store, { email: OPERATOR.email, device: null, ...at(turn) }));
}

test("after five wrong passwords from an address the right one has to wait there too", async () => {
  for (let turn = 0; turn < 5; turn++)
    expect(await refusal(enter("wrong", from(ELSEWHERE)))).toBe("auth.sign_in_refused");
  expect(await refusal(enter(OPERATOR.password, from(ELSEWHERE)))).toBe("auth.sign_in_throttled");
  expect(await refusal(enter(OPERATOR.password, from(HOME)))).toBe("in");
});

test("each further wrong password waits twice as long as the one before, up to a quarter of an hour", async () => {
  const store = createSignInStore(api.runtime.db);
  const limit = { free: 2, firstWaitSeconds: 5, longestWaitSeconds: 900 };
  const waits: number[] = [];
  expect(await store.takeAttempt("growing", limit)).toBe(0);
  for (let turn = 0; turn < 10; turn++) {
    expect(await store.takeAttempt("growing", limit)).toBe(0);
    waits.push(await store.takeAttempt("growing", limit));
    await api.runtime.db.prisma.signInAttempts.update({
      where: { name: "growing" },
      data: { waitsUntil: new Date(0) },
    });
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

test("of many attempts at once no more pass than are free", async () => {
  const store = createSignInStore(api.runtime.db);
  const limit = { free: 5, firstWaitSeconds: 5, longestWaitSeconds: 900 };
  const waits = await Promise.all(
    Array.from({ length: 30 }, () => store.takeAttempt("at once", limit)),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
});

test("guesses from many addresses lock an account for strangers, and not for a device it knows", async () => {
  const known = await enter(OPERATOR.password, from(HOME));
  const cookie = known.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  await guess(20, (turn) => ({ address: `192.0.2.${turn}` }));
  expect(await refusal(enter(OPERATOR.password, from(ELSEWHERE)))).toBe("auth.sign_in_throttled");
  expect(await refusal(enter(OPERATOR.password, from(ELSEWHERE, cookie)))).toBe("in");
});

test("a device that an account knows cannot guess without end either", async () => {
  const known = await enter(OPERATOR.password, from(HOME));
  const cookie = known.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const codes: string[] = [];
  for (let turn = 0; turn < 11; turn++)
    codes.push(await refusal(enter("wrong", from(HOME, cookie))));
  expect(codes.at(-2)).toBe("auth.sign_in_refused");
  expect(codes.at(-1)).toBe("auth.sign_in_throttled");
});

test("a device's cookie is good for its own account alone", async () => {
  const known = await enter(OPERATOR.password, from(HOME));
  const cookie = known.setCookie.map((each) => each.split(";", 1)[0]).join("; ");
  const email = "other@example.edu";
  for (let turn = 0; turn < 5; turn++)
    await refusal(enter("wrong", from(HOME, cookie), { ...OPERATOR, email }));
  const last = enter("wrong", from(HOME, cookie), { ...OPERATOR, email });
  expect(await refusal(last)).toBe("auth.sign_in_throttled");
});

test("guesses at ever new accounts stop at the address and leave few rows behind", async () => {
  await guess(60, (turn) => ({ address: ELSEWHERE, email: `somebody${turn}@example.edu` }));
  expect(await api.runtime.db.prisma.signInAttempts.count()).toBeLessThanOrEqual(2 * 30 + 1);
  expect(await refusal(enter(OPERATOR.password, from(HOME)))).toBe("in");
});

test("another process, or this one started again, knows of the attempts", async () => {
  await guess(5, () => ({ address: ELSEWHERE }));
  const { db } = api.runtime;
  const other = createSignIn({
    prisma: db.prisma,
    secret: TEST_SECRET,
    publicUrl: API_URL,
    store: createSignInStore(db),
    sealer: createSealer(TEST_SECRET),
    passkeys: createPasskeys({
      publicUrl: API_URL,
      sealer: createSealer(TEST_SECRET),
      store: createPasskeyStore(db),
    }),
    secondFactor: { isOn: async () => false, takeCode: async () => null },
    mayUsePasswords: async () => true,
    onEnd: async () => {},
  });
  expect(await refusal(other.signIn(OPERATOR, from(ELSEWHERE)))).toBe("auth.sign_in_throttled");
});

test("right passwords count for nothing, so that an address of many people stays open", async () => {
  for (let turn = 0; turn < 35; turn++)
    expect(await refusal(enter(OPERATOR.password, from(HOME)))).toBe("in");
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:db8::9", "2001:db8:0:0"],
  ["203.0.113.7", "203.0.113.7"],
])("%s counts as %s: who has one IPv6 address has those beside it", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("a session cookie is known by its signature: one that is made up or changed is none", async () => {
  const { setCookie } = await enter(OPERATOR.password, from(HOME));
  const given = setCookie.map((cookie) => cookie.split(";", 1)[0]).join("; ");
  expect(given).toContain("__Secure-rollbook.session_token=");
  const { secret } = api.runtime;
  const { isGivenOut } = createSessionCookies({ secret, isSecure: true });
  expect(isGivenOut(given)).toBe(true);
  expect(isGivenOut(given.replace("session_token=", "session_token=x"))).toBe(false);
  for (const madeUp of ["", "x", "x.y", "%", encodeURIComponent(`x.${"A".repeat(43)}=`)])
    expect(isGivenOut(`__Secure-rollbook.session_token=${madeUp}`)).toBe(false);
  const elsewhere = createSessionCookies({ secret: `${TEST_SECRET}, of another`, isSecure: true });
  expect(elsewhere.isGivenOut(given)).toBe(false);
  // Without https the library gives its cookie another name.
  const plain = createSessionCookies({ secret, isSecure: false });
  expect(plain.isGivenOut(given)).toBe(false);
  expect(plain.isGivenOut(given.replaceAll("__Secure-", ""))).toBe(true);
});
