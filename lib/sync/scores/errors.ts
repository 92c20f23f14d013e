import { CodedError } from "#lib/errors.ts";

/** The platform fails at this one score for good: its grade or its column is locked there. */
export class GradeLocked extends CodedError {
  readonly code = "sync.grade_locked" as const;

  constructor(readonly status: number | undefined) {
    super(
      "the platform took this score in none of several tries, and answers as it does where the grade or its column is locked",
    );
  }
}

/** Not sent: the platform would wipe the grade it holds for a score that is not fully graded. */
export class WouldWipeGrade extends CodedError {
  readonly code = "sync.would_wipe_grade" as const;

  constructor(score: { gradingProgress: string; scoreGiven: number | null }) {
    const why =
      score.gradingProgress === "FullyGraded" ? "has no value" : `is ${score.gradingProgress}`;
    super(`the score ${why}, for which the platform would wipe the grade that it holds`);
  }
}

/** The platform answered this one score with a server error again and again, and other calls well. */
export class ScoreFailedOnPlatform extends CodedError {
  readonly code = "sync.score_failed_on_platform" as const;

  constructor(
    readonly status: number | undefined,
    readonly words: string,
  ) {
    super(
      `the platform answered this score with status ${status ?? "5xx"} again and again, and other calls well${words ? `: ${words}` : ""}`,
    );
  }
}
