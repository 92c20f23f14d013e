"use client";

import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCountdown, UNKNOWN } from "#lib/format.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";
import { LifeBar } from "../life-bar.tsx";
import { useIsHeld, useTimeLeft } from "../token-state.ts";
import { lifetimeWords } from "../token-words.ts";

/** How much of its life the token has left, and from when on it is replaced. */
export function TokenLifetime({ token, state }: { token: TokenView; state: TokenState }) {
  const isHeld = useIsHeld(token);
  const leftMs = useTimeLeft(token);
  return (
    <div className="space-y-2">
      <p className="flex items-baseline gap-2">
        <span
          className={cn(
            "text-3xl font-semibold tracking-tight tabular-nums",
            isHeld ? "text-ink" : "text-faint",
          )}
        >
          {isHeld ? formatCountdown(leftMs) : UNKNOWN}
        </span>
        {isHeld && token.lifetimeSeconds !== null && (
          <span className="text-sm text-muted">
            left of {lifetimeWords(Math.round(token.lifetimeSeconds))}
          </span>
        )}
      </p>
      <LifeBar token={token} state={state} leftMs={leftMs} />
      <p className="text-xs text-muted">
        <StateNote token={token} state={state} isHeld={isHeld} />
      </p>
    </div>
  );
}

function StateNote(props: { token: TokenView; state: TokenState; isHeld: boolean }) {
  const { token, state, isHeld } = props;
  switch (state) {
    case "none":
      return "Requested when the first run needs it.";
    case "refused":
      return isHeld
        ? "The platform turned the last request down. This token, from before, is used until it expires."
        : "The platform turned the last request down.";
    case "evicted":
      return (
        <>
          Dropped <RelativeTime at={token.evictedAt} />
          {token.evictedReason && `: ${token.evictedReason}`}. The next run requests a new one.
        </>
      );
    case "expired":
      return (
        <>
          Expired <RelativeTime at={token.expiresAt} />. The next run requests a new one.
        </>
      );
    default:
      return (
        <>
          Obtained <Clock at={token.obtainedAt} />, replaced from <Clock at={token.refreshFrom} />{" "}
          on, expires <Clock at={token.expiresAt} />.
        </>
      );
  }
}

function Clock({ at }: { at: string | null }) {
  return at === null ? UNKNOWN : <ClockTime at={at} />;
}
