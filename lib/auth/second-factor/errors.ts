import { CodedError } from "#lib/errors.ts";

/** The code is of no app and no list of this person, or it was used. */
export class CodeRefused extends CodedError {
  readonly code = "auth.code_refused" as const;

  constructor() {
    super("this code is not right, or it was used already: take the next one that the app shows");
  }
}

/** The browser has no sign-in under way that waits for a second step. */
export class SecondStepOver extends CodedError {
  readonly code = "auth.second_step_over" as const;

  constructor() {
    super("this sign-in is over: begin again with e-mail and password");
  }
}
