import { CodedError } from "#lib/errors.ts";

export const REFUSALS = {
  not_configured: "single sign-on is not set up here",
  attempt_missing: "this browser has no sign-in under way, or it took longer than ten minutes",
  attempt_used: "this sign-in was used already",
  provider_unreachable: "the provider of single sign-on does not answer as it should",
  provider_refused: "the provider of single sign-on did not let you in",
  answer_invalid: "the provider's answer is not valid: its signature or what it says is wrong",
  email_missing: "the provider does not say your e-mail address",
  email_unverified: "the provider has not verified your e-mail address",
  other_account: "your e-mail belongs to somebody who signs in with another account",
  not_asked_again: "the provider did not ask you again, but took what it knew from before",
  other_person: "you came back as somebody else than who is signed in here",
  not_invited: "you are not invited here, and no rule lets you in",
} as const;
export type RefusalReason = keyof typeof REFUSALS;

/** The provider or our rules do not let this person in. */
export class SingleSignOnRefused extends CodedError {
  readonly code = "auth.single_sign_on_refused" as const;

  constructor(
    readonly reason: RefusalReason,
    /** What went wrong, for the audit and the test; never a secret. */
    readonly finding?: string,
  ) {
    super(REFUSALS[reason]);
  }
}

/** Passwords are switched off: people sign in at their provider. */
export class SingleSignOnOnly extends CodedError {
  readonly code = "auth.single_sign_on_only" as const;

  constructor() {
    super("people sign in by single sign-on here, not with a password");
  }
}
