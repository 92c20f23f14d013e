import type { ScoreBody } from "./score-body.ts";

export type StoredScore = ScoreBody & {
  /** Every timestamp accepted, in order of arrival. */
  history: string[];
  /** Accepted posts that changed nothing. */
  repeats: number;
  attempts: number;
  /** A grade that a teacher set in the gradebook, as a fraction of the maximum. */
  override?: number;
  /** What the gradebook shows, as a fraction of the maximum. */
  result?: number;
};
