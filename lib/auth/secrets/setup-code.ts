import { randomBytes, timingSafeEqual } from "node:crypto";
import { deriveSecret } from "./seal.ts";

const CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 16;

/** A code that a person reads and types, as four groups of four: 80 bits of what it is made from. */
function groupedCode(bytes: Uint8Array): string {
  // 32 characters: each byte's low five bits choose one, all alike likely.
  const code = Array.from(bytes.subarray(0, LENGTH), (byte) => CHARACTERS[byte & 31]).join("");
  return code.match(/.{4}/g)?.join("-") ?? code;
}

export function newGroupedCode(): string {
  return groupedCode(randomBytes(LENGTH));
}

/** Case, blanks and hyphens do not matter. */
export function bareCode(code: string): string {
  return code.replaceAll(/[\s-]/g, "").toUpperCase();
}

/**
 * The code that the first-run page asks for. It follows from the installation's secret, so that
 * every process prints and accepts the same one.
 */
export function setupCode(secret: string): string {
  return groupedCode(deriveSecret(secret, "set-up code"));
}

export function isSetupCode(secret: string, given: string): boolean {
  const expected = Buffer.from(bareCode(setupCode(secret)));
  const actual = Buffer.from(bareCode(given));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
