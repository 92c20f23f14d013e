import { randomBytes, timingSafeEqual } from "node:crypto";
import { deriveSecret } from "./seal.ts";

const CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const LENGTH = 16;

/** A code that a person reads and types, in groups of four: five bits of each byte. */
function groupedCode(bytes: Uint8Array): string {
  // 32 characters: each byte's low five bits choose one, all alike likely.
  const code = Array.from(bytes, (byte) => CHARACTERS[byte & 31]).join("");
  return code.match(/.{4}/g)?.join("-") ?? code;
}

export function newGroupedCode(length: number): string {
  return groupedCode(randomBytes(length));
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
  return groupedCode(deriveSecret(secret, "set-up code").subarray(0, LENGTH));
}

export function isSetupCode(secret: string, given: string): boolean {
  const expected = Buffer.from(bareCode(setupCode(secret)));
  const actual = Buffer.from(bareCode(given));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
