import type { Verdict } from "./verdict.ts";
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

/** The typed error whose code a verdict says, with what the rule found out. */
export function verdictError(
  verdict: Exclude<Verdict, { code: null }>,
  facts: ReplyFacts,
  cause?: unknown,
): LtiError {
  switch (verdict.code) {
    case "lti.access_token_rejected":
      return new AccessTokenRejected(facts);
    case "lti.wrong_context":
      return new WrongContext(facts);
    case "lti.insufficient_scope":
      return new InsufficientScope({ ...facts, scope: verdict.scope });
    case "lti.rate_limited":
      return new RateLimited(verdict.retryAt, facts);
    case "lti.request_rejected":
      return new RequestRejected(facts);
    case "lti.timestamp_conflict":
      return new TimestampConflict(facts);
    case "lti.resource_gone":
      return new ResourceGone({ ...facts, isCertain: verdict.isCertain });
    case "lti.platform_unavailable":
      return new PlatformUnavailable(
        verdict.reason,
        { ...facts, retryAt: verdict.retryAt },
        { cause },
      );
    case "lti.unknown_outcome":
      return new UnknownOutcome(
        verdict.reason,
        { ...facts, retryAt: verdict.retryAt, hint: verdict.hint },
        { cause },
      );
    case "lti.access_denied":
      return new AccessDenied({ ...facts, hint: verdict.hint });
    case "lti.response_malformed":
      return new ResponseMalformed("body", verdict.reason, facts);
    case "lti.token_refused":
      return new TokenRefused({
        ...facts,
        error: verdict.error && redact(verdict.error),
        description: verdict.description && redact(verdict.description),
      });
    case "lti.request_cancelled":
      return new RequestCancelled({ cause });
  }
}
