import { createHash, randomBytes } from "node:crypto";

const PREFIX = "rbk_";
const SHOWN_CHARACTERS = 10;
const MIN_LENGTH = 32;
const MAX_LENGTH = 500;

/** A new key: 256 bits of chance. */
export function generateApiKey(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** What is stored. A key is random, so a fast hash without salt tells nothing of it. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** Its first characters, to tell keys apart; few of a key that an operator made up. */
export function apiKeyPrefix(key: string): string {
  return key.slice(0, key.startsWith(PREFIX) ? SHOWN_CHARACTERS : PREFIX.length);
}

/** Whether a text is long enough to be a key, and not absurdly long. */
export function looksLikeApiKey(text: string): boolean {
  return text.length >= MIN_LENGTH && text.length <= MAX_LENGTH;
}
