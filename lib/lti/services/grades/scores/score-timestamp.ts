/**
 * The timestamp for a new score: now, or a step after the last one where the clock has not moved
 * on far enough.
 *
 * `stepMs` is the platform's granularity: 1 for most, 1,000 for those that keep whole seconds,
 * where two scores within a second are refused. A whole step is enough whether the platform cuts
 * or rounds.
 *
 * @see AGS 2.0 §3.4.9
 */
export function laterTimestamp(last: Date | undefined, now: Date, stepMs: number): Date {
  if (!last) return new Date(now);
  return new Date(Math.max(now.getTime(), last.getTime() + stepMs));
}
