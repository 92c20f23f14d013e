const DEFAULT_WAIT_MS = 30_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Reads Retry-After: seconds or an HTTP date; unreadable or absent is `undefined`.
 *
 * Never longer than an hour, so that one odd header cannot park a registration.
 *
 * @see RFC 9110 §10.2.3
 */
export function parseRetryAfter(header: string | null, now: Date): Date | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const waitMs = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(text) - now.getTime();
  if (Number.isNaN(waitMs)) return undefined;
  return new Date(now.getTime() + Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS));
}

/**
 * When to come back after a throttle: what the platform said, else 30 s from now. Never at once,
 * whatever it said, for the same call would be throttled again.
 */
export function throttledUntil(header: string | null, now: Date): Date {
  const asked = parseRetryAfter(header, now)?.getTime() ?? now.getTime() + DEFAULT_WAIT_MS;
  return new Date(Math.max(asked, now.getTime() + SHORTEST_WAIT_MS));
}
