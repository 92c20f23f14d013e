import { blackoutAt, type Blackout } from "./blackout.ts";

const MINUTE_MS = 60_000;

export type Spread = {
  now: Date;
  jitterSeconds: number;
  blackouts: readonly Blackout[];
  timeZone: string;
  /** From 0 up to but not including 1. */
  random: () => number;
};

/**
 * When a run of a schedule starts whose time has come: somewhere in its spread, but not in a
 * blackout that begins within it.
 */
export function startTime({ now, jitterSeconds, blackouts, timeZone, random }: Spread): Date {
  const widestMs = jitterSeconds * 1_000;
  let spreadMs = 0;
  while (spreadMs < widestMs) {
    const next = Math.min(widestMs, spreadMs + MINUTE_MS);
    if (blackoutAt(blackouts, new Date(now.getTime() + next), timeZone)) break;
    spreadMs = next;
  }
  return new Date(now.getTime() + Math.floor(random() * spreadMs));
}
