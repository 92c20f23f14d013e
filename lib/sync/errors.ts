import type { MoveRefused } from "#lib/db/errors.ts";
import { CodedError } from "#lib/errors.ts";
import type { RosterIncomplete, RosterMoved } from "./rosters/errors.ts";
import type { GradeLocked, ScoreFailedOnPlatform, WouldWipeGrade } from "./scores/errors.ts";

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
  readonly code = "sync.platform_resting" as const;

  constructor(
    readonly retryAt: Date,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Every error of the engine. */
export type SyncError =
  | MoveRefused
  | RosterIncomplete
  | RosterMoved
  | RunTargetMissing
  | RetriesSpent
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
