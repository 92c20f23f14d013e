import { expect, test } from "vitest";
import {
  codeAt,
  newTotpSecret,
  stepAt,
  stepOfCode,
  totpUri,
} from "#lib/auth/second-factor/totp.ts";

/** `12345678901234567890` in Base32: RFC 6238, appendix B. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const NOW = new Date("2026-11-30T12:00:10Z");
const present = stepAt(NOW);

const stepOf = (code: string, usedStep = 0) =>
  stepOfCode(code, { secret: SECRET, usedStep, now: NOW });

test.each([
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
])("at second %i the code is %s, as in RFC 6238", (second, code) => {
  expect(codeAt(SECRET, stepAt(new Date(second * 1_000)))).toBe(code);
});

test("the code of now does, and those half a minute before and after", () => {
  for (const step of [present - 1, present, present + 1])
    expect(stepOf(codeAt(SECRET, step))).toBe(step);
  for (const step of [present - 2, present + 2]) expect(stepOf(codeAt(SECRET, step))).toBe(null);
});

test("a code that was used does no more, and neither does one before it", () => {
  const code = codeAt(SECRET, present);
  expect(stepOf(code, present - 1)).toBe(present);
  expect(stepOf(code, present)).toBe(null);
  expect(stepOf(codeAt(SECRET, present - 1), present)).toBe(null);
  expect(stepOf(codeAt(SECRET, present + 1), present)).toBe(present + 1);
});

test("blanks in a code do not matter; what is no code is refused", () => {
  const code = codeAt(SECRET, present);
  expect(stepOf(`${code.slice(0, 3)} ${code.slice(3)}`)).toBe(present);
  for (const given of [
    "",
    "12345",
    "1234567",
    "abcdef",
    "\u0661\u0662\u0663\u0664\u0665\u0666",
    code.slice(1),
  ])
    expect(stepOf(given)).toBe(null);
});

test("a key has 160 bits of chance, and its app makes the codes that are expected", () => {
  const [one, other] = [newTotpSecret(), newTotpSecret()];
  expect(one).toMatch(/^[A-Z2-7]{32}$/);
  expect(one).not.toBe(other);
  const uri = new URL(totpUri({ secret: one, account: "ada+x@example.edu" }));
  expect(uri.searchParams.get("secret")).toBe(one);
  expect(decodeURIComponent(uri.pathname)).toContain("Rollbook:ada+x@example.edu");
});
