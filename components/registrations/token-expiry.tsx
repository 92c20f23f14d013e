"use client";

import { useClock } from "#components/live/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCountdown, UNKNOWN } from "#lib/format.ts";
import type { RegistrationView, TokenState } from "#lib/operations/schemas/registrations.ts";

const WORDS: Record<TokenState, string> = {
  none: UNKNOWN,
  valid: "Valid",
  expiring: "Expiring",
  expired: "Expired",
  evicted: "Dropped",
  refused: "Refused",
};

/** When the shared access token ends; a clock while it is of use. */
export function TokenExpiry({
  registration,
}: {
  registration: Pick<RegistrationView, "tokenState" | "tokenExpiresAt">;
}) {
  const { tokenState, tokenExpiresAt } = registration;
  const isOfUse = tokenState === "valid" || tokenState === "expiring";
  const text = useClock((nowMs) => {
    if (!isOfUse || tokenExpiresAt === null) return WORDS[tokenState];
    const leftMs = Date.parse(tokenExpiresAt) - nowMs;
    return leftMs <= 0 ? WORDS.expired : `in ${formatCountdown(leftMs)}`;
  });
  return (
    <span
      className={cn(
        "whitespace-nowrap tabular-nums",
        tokenState === "refused" && "font-medium text-bad",
      )}
    >
      {text}
    </span>
  );
}
