import { CodedError } from "../../errors.ts";
import type { OutcomeHint } from "./verdict.ts";
import type { Operation } from "../services/operations.ts";

/** What is known about the exchange that an error stems from. */
export type ReplyFacts = {
  operation?: Operation;
  url?: string;
  status?: number;
  /** The platform's own words, at most 2,000 characters, secrets removed; see `replyWords`. */
  excerpt?: string;
  /** A web page answered in place of the service. */
  isPage?: boolean;
};

/** An error that stems from what a platform answered, or from its silence. */
export abstract class PlatformError extends CodedError {
  readonly operation?: Operation;
  readonly url?: string;
  readonly status?: number;
  readonly excerpt?: string;
  readonly isPage?: boolean;

  constructor(message: string, facts: ReplyFacts, options?: { cause?: unknown }) {
    super(message, options);
    this.operation = facts.operation;
    this.url = facts.url;
    this.status = facts.status;
    this.excerpt = facts.excerpt;
    if (facts.isPage) this.isPage = true;
  }
}

/** The token endpoint said no; `error` and `description` are the platform's words. */
export class TokenRefused extends PlatformError {
  readonly code = "lti.token_refused" as const;
  readonly error?: string;
  readonly description?: string;

  constructor(facts: ReplyFacts & { error?: string; description?: string }) {
    super(`the platform refused an access token${facts.error ? ` (${facts.error})` : ""}`, facts);
    this.error = facts.error;
    this.description = facts.description;
  }
}

/** The token endpoint said yes, but the reply cannot be used. */
export class TokenReplyMalformed extends PlatformError {
  readonly code = "lti.token_reply_malformed" as const;

  constructor(
    readonly path: string,
    readonly reason: string,
    facts: ReplyFacts = {},
  ) {
    super(`the token reply cannot be used: ${path} ${reason}`, facts);
  }
}

/** The platform no longer takes this access token; replace that token once and repeat. */
export class AccessTokenRejected extends PlatformError {
  readonly code = "lti.access_token_rejected" as const;

  constructor(facts: ReplyFacts) {
    super("the platform no longer accepts this access token", facts);
  }
}

/** The platform refused, and a new access token would not help. */
export class AccessDenied extends PlatformError {
  readonly code = "lti.access_denied" as const;
  readonly hint?: string;

  constructor(facts: ReplyFacts & { hint?: string }) {
    super("the platform denied access", facts);
    this.hint = facts.hint;
  }
}

/** The token is good, but the tool is not placed in the context that was asked for. */
export class WrongContext extends PlatformError {
  readonly code = "lti.wrong_context" as const;

  constructor(facts: ReplyFacts) {
    super("the platform does not connect this tool with the context", facts);
  }
}

/** The platform itself said that the access token lacks a scope. */
export class InsufficientScope extends PlatformError {
  readonly code = "lti.insufficient_scope" as const;
  readonly scope?: string;

  constructor(facts: ReplyFacts & { scope?: string }) {
    super("the platform requires a scope that the access token lacks", facts);
    this.scope = facts.scope;
  }
}

/** Too many requests; nothing was done, and `retryAt` says when to come back. */
export class RateLimited extends PlatformError {
  readonly code = "lti.rate_limited" as const;

  constructor(
    readonly retryAt: Date,
    facts: ReplyFacts = {},
  ) {
    super("the platform asked us to slow down", facts);
  }
}

/** No usable answer, and nothing was done: safe to try again later. */
export class PlatformUnavailable extends PlatformError {
  readonly code = "lti.platform_unavailable" as const;
  readonly retryAt?: Date;

  constructor(
    readonly reason: string,
    facts: ReplyFacts & { retryAt?: Date } = {},
    options?: { cause?: unknown },
  ) {
    super(`the platform is unavailable: ${reason}`, facts, options);
    this.retryAt = facts.retryAt;
  }
}

/** The request went out and may have been carried out; look before sending it again. */
export class UnknownOutcome extends PlatformError {
  readonly code = "lti.unknown_outcome" as const;
  readonly retryAt?: Date;
  /** What it most likely means all the same. */
  readonly hint?: OutcomeHint;

  constructor(
    readonly reason: string,
    facts: ReplyFacts & { retryAt?: Date; hint?: OutcomeHint } = {},
    options?: { cause?: unknown },
  ) {
    super(`the outcome is unknown: ${reason}`, facts, options);
    this.retryAt = facts.retryAt;
    this.hint = facts.hint;
  }
}

/** The platform refused this one request or row for good. */
export class RequestRejected extends PlatformError {
  readonly code = "lti.request_rejected" as const;

  constructor(facts: ReplyFacts) {
    super("the platform rejected the request", facts);
  }
}

/** The platform holds a score that is as new as ours, or newer. */
export class TimestampConflict extends PlatformError {
  readonly code = "lti.timestamp_conflict" as const;

  constructor(facts: ReplyFacts) {
    super("the platform holds a score with this timestamp or a later one", facts);
  }
}

/** The line item or context is gone; `isCertain` is false where 404 may also mean the user. */
export class ResourceGone extends PlatformError {
  readonly code = "lti.resource_gone" as const;
  readonly isCertain: boolean;

  constructor(facts: ReplyFacts & { isCertain?: boolean }) {
    super("the platform no longer has what was asked for", facts);
    this.isCertain = facts.isCertain ?? true;
  }
}

/** The reply does not have the form that the specification demands. */
export class ResponseMalformed extends PlatformError {
  readonly code = "lti.response_malformed" as const;

  constructor(
    readonly path: string,
    readonly reason: string,
    facts: ReplyFacts = {},
  ) {
    super(`the platform's reply is malformed: ${path} ${reason}`, facts);
  }
}

/** A link to the next page leads where the access token must not go. */
export class NextPageUnsafe extends PlatformError {
  readonly code = "lti.next_page_unsafe" as const;

  constructor(
    readonly nextUrl: string,
    readonly reason: string,
    facts: ReplyFacts = {},
  ) {
    super(`the next page's address is unsafe: ${reason}`, facts);
  }
}

/** A redirect leads where the access token must not go, or cannot be repeated there. */
export class RedirectRefused extends PlatformError {
  readonly code = "lti.redirect_refused" as const;

  constructor(
    readonly to: string,
    readonly reason: string,
    facts: ReplyFacts = {},
  ) {
    super(`the redirect was not followed: ${reason}`, facts);
  }
}
