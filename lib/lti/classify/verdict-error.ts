import type { Verdict } from "./classify.ts";
import {
  AccessDenied,
  AccessTokenRejected,
  InsufficientScope,
  PlatformUnavailable,
  RateLimited,
  RequestCancelled,
  RequestRejected,
  ResourceGone,
  ResponseMalformed,
  TimestampConflict,
  TokenRefused,
  UnknownOutcome,
  WrongContext,
} from "../errors.ts";
import type { LtiError, ReplyFacts } from "../errors.ts";
import { redact } from "../http/redact.ts";

/** The typed error for a verdict that is not `accepted`. */
export function verdictError(
  verdict: Exclude<Verdict, { kind: "accepted" }>,
  facts: ReplyFacts,
  cause?: unknown,
): LtiError {
  switch (verdict.kind) {
    case "token_expired_or_revoked":
      return new AccessTokenRejected(facts);
    case "wrong_context":
      return new WrongContext(facts);
    case "missing_scope":
      return new InsufficientScope({ ...facts, scope: verdict.scope });
    case "throttled":
      return new RateLimited(verdict.retryAt, facts);
    case "row_rejected":
    case "request_rejected":
      return new RequestRejected(facts);
    case "timestamp_conflict":
      return new TimestampConflict(facts);
    case "resource_gone":
      return new ResourceGone({ ...facts, isCertain: verdict.isCertain });
    case "platform_down":
      return new PlatformUnavailable(
        verdict.reason,
        { ...facts, retryAt: verdict.retryAt },
        { cause },
      );
    case "unknown_outcome":
      return new UnknownOutcome(
        verdict.reason,
        { ...facts, retryAt: verdict.retryAt, hint: verdict.hint },
        { cause },
      );
    case "access_denied":
      return new AccessDenied({ ...facts, hint: verdict.hint });
    case "malformed":
      return new ResponseMalformed("body", verdict.reason, facts);
    case "token_refused":
      return new TokenRefused({
        ...facts,
        error: verdict.error && redact(verdict.error),
        description: verdict.description && redact(verdict.description),
      });
    case "cancelled":
      return new RequestCancelled({ cause });
  }
}
