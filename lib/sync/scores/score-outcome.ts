import type { ScoreOutcomes } from "#lib/db/scores/outcomes.ts";

/** What became of a score, and the error behind it where the platform gave no answer. */
export type ScoreOutcome = Omit<ScoreOutcomes, "score" | "batch"> & { cause?: unknown };
