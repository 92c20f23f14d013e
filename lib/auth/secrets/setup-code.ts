import { timingSafeEqual } from "node:crypto";
import { deriveSecret } from "./seal.ts";

const CODE_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 16;

/**
 * The code that the first-run page asks for, as four groups of four. It follows from the
 * installation's secret, so that every process prints and accepts the same one.
 */
export function setupCode(secret: string): string {
  const bytes = deriveSecret(secret, "set-up code").subarray(0, CODE_LENGTH);
  // 32 characters: each byte's low five bits choose one, all alike likely.
  const code = Array.from(bytes, (byte) => CODE_CHARACTERS[byte & 31]).join("");
  return code.match(/.{4}/g)?.join("-") ?? code;
}

/** Case, blanks and hyphens do not matter. */
export function isSetupCode(secret: string, given: string): boolean {
  const expected = Buffer.from(bare(setupCode(secret)));
  const actual = Buffer.from(bare(given));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function bare(code: string): string {
  return code.replaceAll(/[\s-]/g, "").toUpperCase();
}
