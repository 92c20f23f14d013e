import type { Tone } from "../text/status.tsx";

/** One thing that lasted, in milliseconds since the epoch; a moment where both ends are one. */
export type Span = {
  key: string;
  from: number;
  to: number;
  tone: Tone;
  isUnderWay: boolean;
  isMoment?: boolean;
  /** What it was, in a sentence without its times. */
  words: string;
  href?: string;
};

/** A row of spans that do not overlap, apart from moments. */
export type Lane = { name: string; spans: readonly Span[] };

/** Where on the drawing a moment is, in percent from its left. */
export type Position = (at: number) => number;

export function positionWithin({ from, to }: { from: number; to: number }): Position {
  return (at) => (100 * (at - from)) / Math.max(1, to - from);
}

/** Spans in as few rows as keep them apart, `most` of them; what finds no row lies in the last one. */
export function inRows<S extends Span>(spans: readonly S[], most: number): S[][] {
  const rows: S[][] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const free = rows.find((row) => (row.at(-1)?.to ?? 0) <= span.from);
    if (free) free.push(span);
    else if (rows.length < most) rows.push([span]);
    else rows.at(-1)!.push(span);
  }
  return rows;
}
