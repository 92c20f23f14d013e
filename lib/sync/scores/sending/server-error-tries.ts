import type { CodedError } from "#lib/errors.ts";
import type { UnknownOutcome } from "#lib/lti/index.ts";
import { GradeLocked, ScoreFailedOnPlatform } from "../../errors.ts";

/** So many server errors in a row, with the platform well between them, are a refusal. */
const TRIES = 3;

/**
 * Tells the server errors of one score, which the platform has for good, from those of a platform
 * that is not well: it answers other calls meanwhile, a reading of its results among them.
 */
export class ServerErrorTries {
  #answersBefore = 0;
  #refusals = 0;
  #error: UnknownOutcome | undefined;

  constructor(
    /** How many calls the platform has answered so far. */
    private readonly answers: () => number,
    private readonly score: { lineItemUrl: string },
    /** Columns in which a grade was found to be locked in this run. */
    private readonly lockedColumns: Set<string>,
  ) {}

  /** It is answered like one that was found locked in the same column: nothing more is asked. */
  known({ hint, status }: UnknownOutcome): CodedError | undefined {
    const isLocked = hint === "grade_locked" && this.lockedColumns.has(this.score.lineItemUrl);
    return isLocked ? new GradeLocked(status) : undefined;
  }

  /** Called before the score is sent. */
  begin(): void {
    this.#answersBefore = this.answers();
  }

  /** Called when the platform gave no usable answer, and was asked for its result. */
  note(error: UnknownOutcome): void {
    this.#error = isServerError(error) ? error : undefined;
    const isWell = this.answers() > this.#answersBefore || error.hint === "grade_locked";
    this.#refusals = this.#error && isWell ? this.#refusals + 1 : 0;
  }

  /** The refusal that it amounts to, from now on known of the column; undefined while it may be the platform that is not well. */
  refusal(): CodedError | undefined {
    const error = this.#error;
    if (!error || this.#refusals < TRIES) return undefined;
    if (error.hint !== "grade_locked")
      return new ScoreFailedOnPlatform(error.status, error.excerpt ?? "");
    this.lockedColumns.add(this.score.lineItemUrl);
    return new GradeLocked(error.status);
  }

  /** One more try may decide it. */
  get isUndecided(): boolean {
    return this.#refusals > 0 && this.#refusals < TRIES;
  }
}

function isServerError({ status }: UnknownOutcome): boolean {
  return status !== undefined && status >= 500;
}
