import type { LimitState } from "#lib/auth/limits/request-limit.ts";
import { CodedError } from "#lib/errors.ts";

/** The request itself is not one this API can read or may carry out. */
export abstract class RequestRefused extends CodedError {
  abstract override readonly code: `api.${string}`;
}

export class PathUnknown extends RequestRefused {
  readonly code = "api.path_unknown" as const;

  constructor() {
    super("there is nothing at this path");
  }
}

export class MethodNotAllowed extends RequestRefused {
  readonly code = "api.method_not_allowed" as const;

  constructor(readonly allowed: readonly string[]) {
    super(`this path takes ${allowed.join(", ")}`);
  }
}

/** A page of another site made the browser send this, with the operator's cookie. */
export class CrossSiteRefused extends RequestRefused {
  readonly code = "api.cross_site_refused" as const;

  constructor() {
    super("a session cookie changes things only from Rollbook's own pages; use an API key");
  }
}

export class BodyMalformed extends RequestRefused {
  readonly code = "api.body_malformed" as const;

  constructor() {
    super("the body is not valid JSON in UTF-8");
  }
}

export class BodyTooLarge extends RequestRefused {
  readonly code = "api.body_too_large" as const;

  constructor(readonly limitBytes: number) {
    super(`the body is larger than ${limitBytes} bytes`);
  }
}

export class MediaTypeRefused extends RequestRefused {
  readonly code = "api.media_type_refused" as const;

  constructor(readonly expected: string) {
    super(`the body must be ${expected}`);
  }
}

/** One who asks holds as many event streams open as one may. */
export class StreamsTooMany extends RequestRefused {
  readonly code = "api.too_many_streams" as const;
  readonly retryAfterSeconds = 5;

  constructor(readonly most: number) {
    super(`no more than ${most} event streams may be open at once`);
  }
}

/** One API key or operator is over its limit in this process. */
export class RequestsTooMany extends RequestRefused {
  readonly code = "api.too_many_requests" as const;
  readonly retryAfterSeconds: number;

  constructor(readonly state: LimitState) {
    super(`one API key or operator may send ${state.limit} requests a minute`);
    this.retryAfterSeconds = state.resetSeconds;
  }
}

/** A name stands twice in one object, and readers differ in which of the two they take. */
export class DuplicateName extends RequestRefused {
  readonly code = "api.duplicate_name" as const;

  constructor(readonly duplicate: string) {
    super(`the body has ${JSON.stringify(duplicate.slice(0, 100))} twice in one object`);
  }
}

export type RequestError =
  | PathUnknown
  | MethodNotAllowed
  | CrossSiteRefused
  | BodyMalformed
  | BodyTooLarge
  | MediaTypeRefused
  | StreamsTooMany
  | RequestsTooMany
  | DuplicateName;
