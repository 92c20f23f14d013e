/**
 * The root of every error Rollbook throws on purpose.
 *
 * `code` is stable and may be stored, compared and documented; `message` is for
 * people and may change. Anything without a code is a bug.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

export function isCodedError(error: unknown): error is CodedError {
  return error instanceof CodedError;
}
