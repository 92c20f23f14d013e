import { formatDuration } from "#lib/format.ts";

/** The least of 1, 2, 5, 10, 20, 50 … that no value goes beyond; 1 of nothing. */
export function niceEnd(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * power).find((end) => end >= most)!;
}

/** `140 ms`, `1.2 s`. */
export function formatAnswer(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : formatDuration(ms);
}

/** `24 Nov`: a day as UTC has it. */
export function formatDay(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
