import { CodedError } from "../errors.ts";
import type {
  ContentItemInvalid,
  ContentItemNotAccepted,
} from "./deep-linking/content-item-errors.ts";
import type { DynamicRegistrationRefused } from "./dynamic-registration/registration-refused.ts";
import type { LaunchRefused } from "./launch/launch-refused.ts";
import type * as reply from "./classify/reply-errors.ts";

export * from "./classify/reply-errors.ts";

/** A registration that cannot work as entered. */
export class RegistrationInvalid extends CodedError {
  readonly code = "lti.registration_invalid" as const;

  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the registration's ${field} ${reason}`);
  }
}

/** A service endpoint, or an address given for one request, that must not be used. */
export class EndpointInvalid extends CodedError {
  readonly code = "lti.endpoint_invalid" as const;

  constructor(
    readonly service: string,
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the ${service} endpoint's ${field} ${reason}`);
  }
}

/** An access token was not sent: it may not go to this origin. */
export class OriginNotAllowed extends CodedError {
  readonly code = "lti.origin_not_allowed" as const;

  constructor(
    /** Such as `https://lms.example.edu`. */
    readonly origin: string,
    /** pending: nobody has decided yet. */
    readonly state: "pending" | "declined",
  ) {
    super(
      state === "pending"
        ? `${origin} waits for approval, so no access token is sent there`
        : `${origin} was declined, so no access token is sent there`,
    );
  }
}

/** The platform offers no such service for this context. */
export class ServiceNotOffered extends CodedError {
  readonly code = "lti.service_not_offered" as const;

  constructor(readonly service: string) {
    super(`the platform does not offer ${service} for this context`);
  }
}

/** The access token's granted scopes do not cover what is needed. */
export class ScopeMismatch extends CodedError {
  readonly code = "lti.scope_mismatch" as const;
  readonly needed: readonly string[];
  readonly granted: readonly string[];
  readonly missing: readonly string[];

  constructor(facts: {
    needed: readonly string[];
    granted: readonly string[];
    missing: readonly string[];
  }) {
    super("the granted scopes do not cover the needed ones");
    this.needed = facts.needed;
    this.granted = facts.granted;
    this.missing = facts.missing;
  }
}

/** The client's access token is past its time; refresh the client first. */
export class AccessTokenExpired extends CodedError {
  readonly code = "lti.access_token_expired" as const;

  constructor(readonly expiresAt: Date) {
    super("the access token has expired");
  }
}

/** A score that AGS does not allow. */
export class ScoreInvalid extends CodedError {
  readonly code = "lti.score_invalid" as const;

  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the score's ${field} ${reason}`);
  }
}

/** A line item that AGS does not allow. */
export class LineItemInvalid extends CodedError {
  readonly code = "lti.line_item_invalid" as const;

  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`the line item's ${field} ${reason}`);
  }
}

/** The platform made this line item for the resource link; deleting it needs `force`. */
export class CoupledLineItem extends CodedError {
  readonly code = "lti.coupled_line_item" as const;

  constructor(readonly lineItemUrl: string) {
    super("the line item is coupled to the resource link");
  }
}

/** A platform address on a network that must not be reached. */
export class AddressRefused extends CodedError {
  readonly code = "lti.address_refused" as const;

  constructor(
    readonly host: string,
    readonly address: string,
  ) {
    super(`the platform's address is on a network that is not allowed`);
  }
}

/** A key that cannot sign client assertions. */
export class SigningKeyInvalid extends CodedError {
  readonly code = "lti.signing_key_invalid" as const;

  constructor(
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`the signing key ${reason}`, options);
  }
}

/** The caller's signal ended the request before anything was done. */
export class RequestCancelled extends CodedError {
  readonly code = "lti.request_cancelled" as const;

  constructor(options?: { cause?: unknown }) {
    super("the request was cancelled", options);
  }
}

/** Every error that lib/lti throws on purpose; `switch (error.code)` is exhaustive over it. */
export type LtiError =
  | RegistrationInvalid
  | EndpointInvalid
  | OriginNotAllowed
  | ServiceNotOffered
  | ScopeMismatch
  | AccessTokenExpired
  | ScoreInvalid
  | LineItemInvalid
  | CoupledLineItem
  | AddressRefused
  | SigningKeyInvalid
  | RequestCancelled
  | LaunchRefused
  | ContentItemInvalid
  | ContentItemNotAccepted
  | DynamicRegistrationRefused
  | reply.TokenRefused
  | reply.TokenReplyMalformed
  | reply.AccessTokenRejected
  | reply.AccessDenied
  | reply.WrongContext
  | reply.InsufficientScope
  | reply.RateLimited
  | reply.PlatformUnavailable
  | reply.UnknownOutcome
  | reply.RequestRejected
  | reply.TimestampConflict
  | reply.ResourceGone
  | reply.ResponseMalformed
  | reply.NextPageUnsafe
  | reply.RedirectRefused;

/** Whether an error is one of this library's own. */
export function isLtiError(error: unknown): error is LtiError {
  return error instanceof CodedError && error.code.startsWith("lti.");
}
