import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226 §4 asks for 160 bits. */
const SECRET_BYTES = 20;
/** Steps before and after the present one whose codes do, for clocks that differ. */
const TOLERANCE = 1;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The key that an authenticator app is given, in Base32. */
export function newTotpSecret(): string {
  const bits = Array.from(randomBytes(SECRET_BYTES), (byte) => byte.toString(2).padStart(8, "0"));
  const groups = bits.join("").match(/.{5}/g) ?? [];
  return groups.map((five) => BASE32[Number.parseInt(five, 2)]).join("");
}

/**
 * The step that a code is of; null where it is of none around now, or of one up to `usedStep`: a
 * code is good once (RFC 6238 §5.2).
 */
export function stepOfCode(
  code: string,
  { secret, usedStep, now }: { secret: string; usedStep: number; now: Date },
): number | null {
  const given = Buffer.from(code.replaceAll(/\s/g, ""));
  if (given.length !== DIGITS) return null;
  const present = stepAt(now);
  for (let step = present - TOLERANCE; step <= present + TOLERANCE; step++)
    if (step > usedStep && timingSafeEqual(Buffer.from(codeAt(secret, step)), given)) return step;
  return null;
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / STEP_MS);
}

/** @see RFC 4226 §5.3 and RFC 6238 §4, with SHA-1, which every app knows */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = hash.readUInt8(hash.length - 1) & 0xf;
  const number = (hash.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, "0");
}

/** The address by which an app takes the key over. */
export function totpUri({ secret, account }: { secret: string; account: string }): string {
  const label = `Rollbook:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=Rollbook&digits=${DIGITS}&period=30`;
}

function bytesOf(secret: string): Buffer {
  const bits = Array.from(secret, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((eight) => Number.parseInt(eight, 2)));
}
