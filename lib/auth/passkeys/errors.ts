import { CodedError } from "#lib/errors.ts";

const MESSAGES = {
  over: "this took too long, or was sent before: try again",
  unknown: "nobody here has this passkey: use another one, or another way",
  not_proved: "this passkey does not show who you are: try again, or use another way",
  counter: "this passkey may have been copied and is not taken: use another way, and remove it",
  not_offered: "passkeys cannot be used at this address",
} as const;

export type PasskeyRefusal = keyof typeof MESSAGES;

/** What a browser sent of a passkey shows nothing here. */
export class PasskeyRefused extends CodedError {
  readonly code = "auth.passkey_refused" as const;

  constructor(
    readonly reason: PasskeyRefusal,
    /** For the record; what the browser or the library said. */
    readonly finding: string | null = null,
  ) {
    super(MESSAGES[reason]);
  }
}
