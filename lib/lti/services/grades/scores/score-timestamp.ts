/**
 * The timestamp for a new score: now, or just later than the last one where the clock has not
 * moved on far enough.
 *
 * `stepMs` is the platform's granularity: 1 for most, 1,000 for those that keep whole seconds,
 * where two scores within a second are refused.
 *
 * @see AGS 2.0 §3.4.9
 */
export function laterTimestamp(last: Date | undefined, now: Date, stepMs: number): Date {
  if (!last) return new Date(now);
  const nextStep = (Math.floor(last.getTime() / stepMs) + 1) * stepMs;
  return new Date(Math.max(now.getTime(), nextStep));
}
