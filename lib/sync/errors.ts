import { CodedError } from "#lib/errors.ts";
import type { RunState } from "#lib/db/generated/enums.ts";
import type { GradeLocked, ScoreFailedOnPlatform } from "./scores/errors.ts";

/** A run was asked to go where its state does not allow. */
export class MoveRefused extends CodedError {
  readonly code = "sync.move_refused" as const;

  constructor(
    readonly from: RunState,
    readonly to: RunState,
  ) {
    super(`a run that is ${from.replace("_", " ")} cannot become ${to.replace("_", " ")}`);
  }
}

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
export class PlatformResting extends CodedError {
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
  | PlatformResting
  | GradeLocked
  | ScoreFailedOnPlatform;
