import { hashPassword } from "better-auth/crypto";
import { expect, test } from "vitest";
import {
  hashOperatorPassword,
  isOperatorPassword,
  TooManyPasswords,
} from "#lib/auth/secrets/password.ts";

const PASSWORD = "correct horse battery";

test("a password is kept as a salted hash that names its cost, and only it is right", async () => {
  const [first, second] = [
    await hashOperatorPassword(PASSWORD),
    await hashOperatorPassword(PASSWORD),
  ];
  expect(first).toMatch(/^scrypt\$32768\$8\$3\$[0-9a-f]{32}\$[0-9a-f]{128}$/);
  expect(second).not.toBe(first);
  expect(await isOperatorPassword(first, PASSWORD)).toBe(true);
  expect(await isOperatorPassword(first, `${PASSWORD} `)).toBe(false);
});

test("hashes of earlier versions are still right", async () => {
  const earlier = await hashPassword(PASSWORD);
  expect(await isOperatorPassword(earlier, PASSWORD)).toBe(true);
  expect(await isOperatorPassword(earlier, "another password")).toBe(false);
});

test.each(["", "scrypt$", "scrypt$2$1$1$00$00", "salt:", "nothing"])(
  "%j is no hash, and no password is right",
  async (stored) => {
    expect(await isOperatorPassword(stored, "")).toBe(false);
  },
);

test("many at once leave the main thread free, and beyond a bound are refused", async () => {
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 5);
  const tries = await Promise.allSettled(
    Array.from({ length: 40 }, () => hashOperatorPassword(PASSWORD)),
  );
  clearInterval(ticking);
  const refused = tries.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  expect(tries.length - refused.length).toBe(22);
  expect(refused.every((reason) => reason instanceof TooManyPasswords)).toBe(true);
  // On the main thread there would be none until the last is done.
  expect(ticks).toBeGreaterThan(22);
});
