import { formatCount } from "#lib/format.ts";

/** Beside fewer, or beyond so much more, a share says less than the number. */
const TOO_FEW = 20;
const TOO_LARGE_PERCENT = 300;

/** How a count stands to the one before it, before the name of that period. */
export function comparison(now: number, before: number): string {
  if (now === before) return "as many as in";
  if (before === 0) return "none in";
  const percent = Math.round((100 * (now - before)) / before);
  if (before < TOO_FEW || percent > TOO_LARGE_PERCENT) return `${formatCount(before)} in`;
  return `${percent > 0 ? "+" : "−"}${formatCount(Math.abs(percent))} % on`;
}
