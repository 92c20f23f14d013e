"use client";

import { useClock } from "#components/live/time/clock.tsx";
import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { cn } from "#components/ui/cn.ts";
import { TONE_FILL } from "#components/ui/status.tsx";
import { STATES } from "#components/states/states.ts";
import { formatCountdown, UNKNOWN } from "#lib/format.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { TokenView } from "#lib/operations/tokens/schema.ts";
import { useIsHeld } from "../token-state.ts";
import { lifetimeWords } from "../token-words.ts";

/** How much of its life the token has left, and from when on it is replaced. */
export function TokenLifetime({ token, state }: { token: TokenView; state: TokenState }) {
  const isHeld = useIsHeld(token);
  const leftMs = useClock((nowMs) =>
    isHeld && token.expiresAt ? Math.max(0, Date.parse(token.expiresAt) - nowMs) : 0,
  );
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

// The numbers stand above; a bar that announced itself each second would only disturb.
function LifeBar(props: { token: TokenView; state: TokenState; leftMs: number }) {
  const lifeMs = (props.token.lifetimeSeconds ?? 0) * 1000;
  const share = lifeMs === 0 ? 0 : Math.min(1, props.leftMs / lifeMs);
  return (
    <div aria-hidden className="relative h-2 overflow-hidden rounded-full bg-line">
      <span
        className={cn(
          "absolute inset-y-0 start-0 rounded-full transition-[width] duration-1000 ease-linear",
          TONE_FILL[STATES.token[props.state].tone],
        )}
        style={{ width: `${share * 100}%` }}
      />
      <SafetyMark token={props.token} lifeMs={lifeMs} />
    </div>
  );
}

/** The last stretch of the bar: a token within it is replaced before it is used again. */
function SafetyMark({ token, lifeMs }: { token: TokenView; lifeMs: number }) {
  if (token.refreshFrom === null || token.expiresAt === null || lifeMs === 0) return null;
  const safetyMs = Date.parse(token.expiresAt) - Date.parse(token.refreshFrom);
  return (
    <span
      className="absolute inset-y-0 w-0.5 bg-surface"
      style={{ insetInlineStart: `${Math.min(100, (100 * safetyMs) / lifeMs)}%` }}
    />
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
