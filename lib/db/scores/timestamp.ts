/**
 * SQL for the timestamp of a score that is wanted or sent again: now, or a step after
 * the last one where the clock has not moved on far enough. It is `laterTimestamp` of `lib/lti`,
 * made where the row is locked.
 *
 * `last` is the score's timestamp so far, `stepMs` a number of milliseconds: the platform's
 * granularity.
 *
 * @see AGS 2.0 §3.4.9
 */
export function laterTimestampSql({
  last,
  stepMs,
  now = "date_trunc('milliseconds', clock_timestamp())",
}: {
  last: string;
  stepMs: string;
  now?: string;
}): string {
  return `greatest(${now}, ${last} + ${stepMs}::float8 * interval '1 millisecond')`;
}
