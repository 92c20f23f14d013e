"use client";

import { useClock } from "#components/live/time/clock.tsx";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenSummary } from "#lib/operations/tokens/schema.ts";

/** The state at this very second: a token that was valid when it was read may have run out. */
export function useTokenState(token: TokenSummary): TokenState {
  return useClock((nowMs) => {
    if (token.state !== "valid" && token.state !== "expiring") return token.state;
    if (token.expiresAt !== null && nowMs >= Date.parse(token.expiresAt)) return "expired";
    const isDue = token.refreshFrom !== null && nowMs >= Date.parse(token.refreshFrom);
    return isDue ? "expiring" : "valid";
  });
}

/** Whether the cache still has a token to give out, whatever became of the latest request. */
export function useIsHeld({ expiresAt, evictedAt }: TokenSummary): boolean {
  return useClock(
    (nowMs) => expiresAt !== null && evictedAt === null && nowMs < Date.parse(expiresAt),
  );
}

/** Milliseconds to the expiry of a token that can still be given out; nought for any other. */
export function useTimeLeft(token: TokenSummary): number {
  const isHeld = useIsHeld(token);
  return useClock((nowMs) =>
    isHeld && token.expiresAt ? Math.max(0, Date.parse(token.expiresAt) - nowMs) : 0,
  );
}
