"use client";

import {
  formatClock,
  formatDateTime,
  formatDuration,
  formatRelative,
  UNKNOWN,
} from "#lib/format.ts";
import { useClock, useIsHydrated } from "./clock.tsx";

/** The reader's zone, which is not known before hydration: until then times are UTC. */
export function useZone(): string | undefined {
  return useIsHydrated() ? undefined : "UTC";
}

/** How long ago, with the full moment on hover. */
export function RelativeTime({ at, unknown = UNKNOWN }: { at: string | null; unknown?: string }) {
  const zone = useZone();
  const text = useClock((nowMs) => (at === null ? unknown : formatRelative(at, nowMs)));
  if (at === null) return <>{text}</>;
  return (
    <time dateTime={at} title={formatDateTime(at, zone)} className="whitespace-nowrap">
      {text}
    </time>
  );
}

export function AbsoluteTime({ at, unknown = UNKNOWN }: { at: string | null; unknown?: string }) {
  const zone = useZone();
  if (at === null) return <>{unknown}</>;
  return <time dateTime={at}>{formatDateTime(at, zone)}</time>;
}

export function ClockTime({ at }: { at: string }) {
  const zone = useZone();
  return (
    <time dateTime={at} title={formatDateTime(at, zone)} className="tabular-nums">
      {formatClock(at, zone)}
    </time>
  );
}

/** From start to end, or to now while there is no end. */
export function Elapsed({ from, until }: { from: string | null; until: string | null }) {
  const text = useClock((nowMs) =>
    from === null
      ? UNKNOWN
      : formatDuration(Math.max(0, (until ? Date.parse(until) : nowMs) - Date.parse(from))),
  );
  return <span className="whitespace-nowrap tabular-nums">{text}</span>;
}
