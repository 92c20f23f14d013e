import { ANSWERED_WITHIN } from "#lib/db/history/hours.ts";

/**
 * Within how many milliseconds so large a share of answers came, by their counts in classes. Within
 * a class answers are taken to be spread evenly; one beyond the last end counts as that end.
 */
export function answerTime(answered: readonly number[], share: number): number | null {
  const all = answered.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let left = share * all;
  for (const [at, most] of ANSWERED_WITHIN.entries()) {
    const count = answered[at] ?? 0;
    const least = ANSWERED_WITHIN[at - 1] ?? 0;
    if (count > 0 && left <= count) return Math.round(least + (most - least) * (left / count));
    left -= count;
  }
  return ANSWERED_WITHIN.at(-1)!;
}
