import { createHash, randomBytes } from "node:crypto";

const PREFIX = "rbk_";
const SHOWN_CHARACTERS = 10;
const MIN_LENGTH = 24;

/** A new key: 256 bits of chance. */
export function generateApiKey(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** What is stored. A key is random, so a fast hash without salt tells nothing of it. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Its first characters, to tell keys apart. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, SHOWN_CHARACTERS);
}

/** Whether a text can be a key at all. */
export function looksLikeApiKey(text: string): boolean {
  return text.startsWith(PREFIX) && text.length >= MIN_LENGTH && text.length <= 200;
}
