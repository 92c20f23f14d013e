import type { Tone } from "#components/ui/status.tsx";

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
  /** Units that were dealt with in it. */
  count?: number;
};
