import { dictionary } from "@zxcvbn-ts/language-common";
import { expect, test } from "vitest";
import { isGuessable } from "#lib/auth/secrets/guessable.ts";

const ABOUT = ["Zacharias Ypsilon", "zacharias@ypsilon.example"];

test("every one of the commonest passwords that is long enough is refused", async () => {
  const common = dictionary["passwords-common"] as readonly string[];
  expect(common.length).toBeGreaterThan(3_000);
  const long = common.filter((password) => password.length >= 12);
  expect(long.length).toBeGreaterThan(100);
  for (const password of long)
    expect({ password, is: await isGuessable(password, []) }).toEqual({ password, is: true });
});

test.each([
  ["a common one with digits after it", "password1234"],
  ["the same with letters written otherwise", "P@ssw0rd1234"],
  ["a row of keys", "qwertyuiop[]"],
  ["one letter over and over", "aaaaaaaaaaaaaaaa"],
  ["a common one over and over", "letmeinletmeinletmein"],
  ["the product's name", "rollbookrollbook"],
  ["the person's own name", "zachariasypsilon"],
  ["the person's own address", "zacharias@ypsilon.example"],
  ["a common beginning, however long it goes on", "1234567890".repeat(12)],
])("%s is refused", async (_, password) => {
  expect(await isGuessable(password, ABOUT)).toBe(true);
});

test.each(["correct horse battery", "a long and private sentence", "vT9#kq2LmPz!x"])(
  "%s does",
  async (password) => {
    expect(await isGuessable(password, ABOUT)).toBe(false);
  },
);
