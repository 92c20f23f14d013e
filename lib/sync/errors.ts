import type { MoveRefused } from "#lib/db/errors.ts";
import { CodedError } from "#lib/errors.ts";
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

export type SyncError =
  | MoveRefused
  | RunTargetMissing
  | RetriesSpent
  | PlatformCoolingDown
  | GradeLocked
  | ScoreFailedOnPlatform
  | WouldWipeGrade;
