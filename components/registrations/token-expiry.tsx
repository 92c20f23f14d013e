"use client";

import { useClock } from "#components/live/time/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import { TOKEN_STATES } from "#components/states/tables/keys.ts";
import { formatCountdown } from "#lib/format.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";

/** When the shared access token ends; a clock while it is of use. */
export function TokenExpiry({
  registration,
}: {
  registration: Pick<RegistrationView, "tokenState" | "tokenExpiresAt">;
}) {
  const { tokenState, tokenExpiresAt } = registration;
  const isOfUse = tokenState === "valid" || tokenState === "expiring";
  const text = useClock((nowMs) => {
    if (!isOfUse || tokenExpiresAt === null) return TOKEN_STATES[tokenState].word;
    const leftMs = Date.parse(tokenExpiresAt) - nowMs;
    return leftMs <= 0 ? TOKEN_STATES.expired.word : `in ${formatCountdown(leftMs)}`;
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
