import { CodedError } from "#lib/errors.ts";

/** The e-mail or the password is wrong; which of the two is not said. */
export class SignInRefused extends CodedError {
  readonly code = "auth.sign_in_refused" as const;

  constructor() {
    super("the e-mail or the password is not right");
  }
}

export class SignInThrottled extends CodedError {
  readonly code = "auth.sign_in_throttled" as const;

  constructor(readonly retryAfterSeconds: number) {
    super(`too many attempts to sign in: wait ${inWords(retryAfterSeconds)}, then try again`);
  }
}

export class PasswordRefused extends CodedError {
  readonly code = "auth.password_refused" as const;

  constructor(readonly reason: "wrong" | "too_short" | "too_long") {
    super(
      reason === "wrong" ? "the present password is not right" : "the new password does not do",
    );
  }
}

function inWords(seconds: number): string {
  if (seconds === 1) return "a second";
  if (seconds < 120) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
