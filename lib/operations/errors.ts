import { CodedError } from "#lib/errors.ts";

/** Messages by field; nested fields are joined by dots. */
export type FieldErrors = Record<string, string[]>;

export class InvalidInput extends CodedError {
  readonly code = "operation.invalid_input" as const;

  readonly fields: FieldErrors;

  constructor(fields: FieldErrors) {
    super("some of the input is not valid");
    this.fields = firstOf(fields);
  }
}

/** What is told of one request, however much of it is wrong. */
const MOST_FIELDS = 100;

function firstOf(fields: FieldErrors): FieldErrors {
  const all = Object.entries(fields);
  if (all.length <= MOST_FIELDS) return fields;
  const more = `and ${all.length - MOST_FIELDS} more fields are not valid`;
  const shown = Object.fromEntries(all.slice(0, MOST_FIELDS));
  return { ...shown, "": [...(shown[""] ?? []), more] };
}

export class NotSignedIn extends CodedError {
  readonly code = "operation.not_signed_in" as const;

  constructor(message = "sign in first") {
    super(message);
  }
}

/** Why something is not permitted: a right is missing, or the asker is limited to registrations. */
export type NotPermittedReason = "right_missing" | "all_registrations" | "more_than_own";

const REASONS: Record<NotPermittedReason, string> = {
  right_missing: "this needs a right that you do not have",
  all_registrations: "this is about all registrations, and you are limited to some",
  more_than_own: "nobody can hand on more than they may do themselves",
};

/** The asker is known, and may not do this. */
export class NotPermitted extends CodedError {
  readonly code = "operation.not_permitted" as const;

  constructor(
    /** The right that the operation needs. */
    readonly right: string,
    readonly reason: NotPermittedReason = "right_missing",
  ) {
    super(reason === "right_missing" ? `${REASONS[reason]}: ${right}` : REASONS[reason]);
  }
}

/** How somebody signed in can prove once more who they are. */
export type Way = "passkey" | "password" | "code" | "provider";

/** The last proof of who is signed in is too long ago for this. */
export class ProofNeeded extends CodedError {
  readonly code = "operation.proof_needed" as const;

  constructor(
    /** What this person can prove it by; none: signing out and in again. */
    readonly ways: Way[],
  ) {
    super("confirm that it is you, then this goes on");
  }
}

/** This installation asks a second factor of admins, and the asker has none. */
export class SecondFactorNeeded extends CodedError {
  readonly code = "operation.second_factor_needed" as const;

  constructor() {
    super("admins need a second factor here: set one up first");
  }
}

/** What is not there, or not for the caller to see: the two look the same. */
export class NotFound extends CodedError {
  readonly code = "operation.not_found" as const;

  constructor(
    readonly what: string,
    readonly id: string,
  ) {
    super(`there is no such ${what}`);
  }
}

/** The request is well formed, but what is stored stands against it. */
export class Conflict extends CodedError {
  readonly code = "operation.conflict" as const;

  constructor(
    readonly reason: string,
    /** The fields to change, where the conflict lies in the input. */
    readonly fields: FieldErrors = {},
    /** What is there already, where the conflict is that it is. */
    readonly existingId?: string,
  ) {
    super(reason);
  }
}

/** What was asked for has consequences that the caller has to say are meant. */
export class ConfirmationNeeded extends CodedError {
  readonly code = "operation.confirmation_needed" as const;

  constructor(
    /** What the consequences are, by the field that has them. */
    readonly fields: FieldErrors,
  ) {
    super("this decides where we prove who we are: an admin has to confirm it");
  }
}

/** Scores for a line item that was deleted from here; what it held is kept, and nothing is sent. */
export class ColumnDeleted extends CodedError {
  readonly code = "operation.column_deleted" as const;

  constructor(
    readonly lineItem: string,
    readonly by: string,
  ) {
    super(`the line item “${lineItem}” was deleted by ${by}`);
  }
}

/** The same idempotency key came with another request. */
export class IdempotencyMismatch extends CodedError {
  readonly code = "operation.idempotency_mismatch" as const;

  constructor(readonly key: string) {
    super("this idempotency key was used for another request");
  }
}

/** What is to be edited has changed since it was read. */
export class VersionMismatch extends CodedError {
  readonly code = "operation.version_mismatch" as const;

  constructor(
    /** Of what is stored now. */
    readonly version: string,
    /** The values that are stored now, by field. */
    readonly current: Record<string, unknown>,
  ) {
    super("this was changed by somebody else in the meantime");
  }
}

/** The first request under this idempotency key has no answer yet. */
export class IdempotencyInProgress extends CodedError {
  readonly code = "operation.idempotency_in_progress" as const;

  constructor(
    readonly key: string,
    readonly retryAt: Date,
  ) {
    super("a request with this idempotency key is under way, ask again for its answer");
  }
}

/** A cursor of the change feed from which one cannot go on without missing something. */
export class FeedExpired extends CodedError {
  readonly code = "operation.feed_expired" as const;

  constructor(readonly after: string) {
    super(
      "changes after this cursor are not kept: take a cursor with after=now, read the members of each course, then go on from that cursor",
    );
  }
}

export class TooManyAttempts extends CodedError {
  readonly code = "operation.too_many_attempts" as const;

  constructor(readonly retryAfterSeconds: number) {
    super("too many attempts, wait before the next one");
  }
}

/** Files are read one after another, and enough wait already. */
export class FilesTooMany extends CodedError {
  readonly code = "operation.too_many_files" as const;
  readonly retryAfterSeconds = 5;

  constructor() {
    super("other large files are being read, try again in a few seconds");
  }
}

export type OperationError =
  | InvalidInput
  | NotSignedIn
  | NotPermitted
  | ProofNeeded
  | SecondFactorNeeded
  | NotFound
  | Conflict
  | ConfirmationNeeded
  | ColumnDeleted
  | IdempotencyMismatch
  | VersionMismatch
  | IdempotencyInProgress
  | FeedExpired
  | TooManyAttempts
  | FilesTooMany;
