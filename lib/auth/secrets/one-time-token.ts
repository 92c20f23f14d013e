import { createHash, randomBytes } from "node:crypto";

/** A value nobody can guess: 256 bits of chance. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token. It is random, so a fast hash without salt tells nothing of it. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
