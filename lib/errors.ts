// The built server has a copy of this class in each bundle, and what one copy throws reaches
// another; `instanceof` tells them apart, a registered symbol does not.
const brand = Symbol.for("rollbook.coded-error");

/**
 * The root of every error Rollbook throws on purpose.
 *
 * `code` is stable and may be stored, compared and documented; `message` is for
 * people and may change. Anything without a code is a bug.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;
  readonly [brand] = true;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

export function isCodedError(error: unknown): error is CodedError {
  return error instanceof Error && brand in error;
}

/** Whether it is the error of this code; `instanceof` fails across bundles. */
export function hasCode<Kind extends CodedError>(
  error: unknown,
  code: Kind["code"],
): error is Kind {
  return isCodedError(error) && error.code === code;
}
