import { isTokenExpired } from "#lib/lti/index.ts";
import type { TokenState } from "../registrations/schema.ts";

export type TokenFacts = {
  obtainedAt: Date | null;
  expiresAt: Date | null;
  evictedAt: Date | null;
  /** Of the latest token request, where it failed. */
  requestErrorCode: string | null;
};

/** What the registration's latest token, or the lack of one, means now. */
export function tokenState(token: TokenFacts, now: Date): TokenState {
  if (token.requestErrorCode !== null) return "refused";
  if (token.obtainedAt === null || token.expiresAt === null) return "none";
  if (token.evictedAt !== null) return "evicted";
  if (now >= token.expiresAt) return "expired";
  const lifetime = { obtainedAt: token.obtainedAt, expiresAt: token.expiresAt };
  return isTokenExpired(lifetime, now) ? "expiring" : "valid";
}
