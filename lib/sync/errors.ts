import type { MoveRefused } from "#lib/db/errors.ts";
import { CodedError } from "#lib/errors.ts";

/** The registration, course or signing key a run needs is not there any more. */
export class RunTargetMissing extends CodedError {
  readonly code = "sync.target_missing" as const;

  constructor(
    readonly target: "registration" | "course" | "signing key",
    readonly id: string,
  ) {
    super(`the ${target} ${id} does not exist`);
  }
}

/** The registration signs with an imported key, and none was imported. */
export class SigningKeyMissing extends CodedError {
  readonly code = "sync.signing_key_missing" as const;

  constructor(readonly registrationId: string) {
    super("this registration signs with an imported key, and none was imported");
  }
}

/** The run reached its end of patience with a platform that kept failing. */
export class RetriesSpent extends CodedError {
  readonly code = "sync.retries_spent" as const;

  constructor(
    readonly attempts: number,
    cause: Error,
  ) {
    super(`${cause.message} (gave up after ${attempts} attempts without progress)`, { cause });
  }
}

/** The platform is left alone for a while: it asked for that, or it does not answer. */
export class PlatformCoolingDown extends CodedError {
  readonly code = "sync.platform_cooling_down" as const;

  constructor(
    readonly retryAt: Date,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The reading ended without proof that it saw everybody; nobody was removed. */
export class RosterIncomplete extends CodedError {
  readonly code = "sync.roster_incomplete" as const;

  constructor(readonly reason: string) {
    super(
      `the roster may be incomplete (${reason.replaceAll("_", " ")}): who is absent from it may be there, so nobody was removed`,
    );
  }
}

/** The roster is another than the one the preview compared with; nothing was applied. */
export class RosterMoved extends CodedError {
  readonly code = "sync.roster_moved" as const;

  constructor(readonly previewId: string) {
    super("the roster changed since this preview; nothing was applied");
  }
}

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

/** Every error of the engine. */
export type SyncError =
  | MoveRefused
  | RosterIncomplete
  | RosterMoved
  | RunTargetMissing
  | RetriesSpent
  | SigningKeyMissing
  | PlatformCoolingDown
  | GradeLocked
  | ScoreFailedOnPlatform
  | WouldWipeGrade;

/** What a run or a part of it came to where no error was thrown. */
export type OutcomeCode =
  | "sync.scores_rejected"
  | "sync.changed_on_platform"
  | "sync.results_incomplete"
  | "sync.results_unreadable"
  | "sync.course_paused";

/** An outcome as it is stored; a code without advice does not compile. */
export function outcome(code: OutcomeCode | SyncError["code"], message: string) {
  return { code, message };
}
