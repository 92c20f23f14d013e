"use client";

import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Hourglass,
  TimerOff,
  type LucideIcon,
} from "lucide-react";
import { useClock } from "#components/live/clock.tsx";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";

export const TOKEN_STATES: Record<TokenState, { tone: Tone; icon: LucideIcon; word: string }> = {
  none: { tone: "idle", icon: CircleDashed, word: "None yet" },
  valid: { tone: "ok", icon: CircleCheck, word: "Valid" },
  expiring: { tone: "warn", icon: Hourglass, word: "Expiring" },
  expired: { tone: "idle", icon: TimerOff, word: "Expired" },
  evicted: { tone: "idle", icon: CircleSlash, word: "Dropped" },
  refused: { tone: "bad", icon: CircleX, word: "Refused" },
};

/** The state at this very second: a token that was valid when it was read may have run out. */
export function useTokenState(token: TokenView): TokenState {
  return useClock((nowMs) => {
    if (token.state !== "valid" && token.state !== "expiring") return token.state;
    if (token.expiresAt !== null && nowMs >= Date.parse(token.expiresAt)) return "expired";
    const isDue = token.refreshFrom !== null && nowMs >= Date.parse(token.refreshFrom);
    return isDue ? "expiring" : "valid";
  });
}

/** Whether the cache still has a token to give out, whatever became of the latest request. */
export function useIsHeld({ expiresAt, evictedAt }: TokenView): boolean {
  return useClock(
    (nowMs) => expiresAt !== null && evictedAt === null && nowMs < Date.parse(expiresAt),
  );
}

export function TokenStateBadge({ state }: { state: TokenState }) {
  const { tone, icon, word } = TOKEN_STATES[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
}
