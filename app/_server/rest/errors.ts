import { CodedError } from "#lib/errors.ts";

/** The request itself is not one this API can read; `status` says how. */
export abstract class RequestRefused extends CodedError {
  abstract readonly status: number;
}

export class PathUnknown extends RequestRefused {
  readonly code = "api.path_unknown" as const;
  readonly status = 404;

  constructor() {
    super("there is nothing at this path");
  }
}

export class MethodNotAllowed extends RequestRefused {
  readonly code = "api.method_not_allowed" as const;
  readonly status = 405;

  constructor(readonly allowed: readonly string[]) {
    super(`this path takes ${allowed.join(", ")}`);
  }
}

export class BodyMalformed extends RequestRefused {
  readonly code = "api.body_malformed" as const;
  readonly status = 400;

  constructor() {
    super("the body is not valid JSON in UTF-8");
  }
}

export class BodyTooLarge extends RequestRefused {
  readonly code = "api.body_too_large" as const;
  readonly status = 413;

  constructor(readonly limitBytes: number) {
    super(`the body is larger than ${limitBytes} bytes`);
  }
}

export class MediaTypeRefused extends RequestRefused {
  readonly code = "api.media_type_refused" as const;
  readonly status = 415;

  constructor(readonly expected: string) {
    super(`the body must be ${expected}`);
  }
}
