import type { Operation } from "../services/operations.ts";

/** Why no whole reply came. Only `unreachable` proves that nothing was sent. */
export type FailureReason = "unreachable" | "timeout" | "cut" | "too_large" | "cancelled";

/** What is known when a platform answered, or did not. */
export type ClassifyInput = {
  operation: Operation;
  /** Decides for services of your own whether a request may be repeated. */
  method?: string;
  now: Date;
  /** Absent when no whole reply came. */
  status?: number;
  /** The words of the status line, where the platform chose them itself. */
  reason?: string;
  headers?: { get(name: string): string | null };
  body?: string;
  failure?: FailureReason;
  /** Milliseconds since the access token was obtained; absent without a token. */
  tokenAgeMs?: number;
  /** The token is past its time, or within its safety margin. */
  isTokenExpired?: boolean;
  /** This token was accepted by this platform before. */
  hasTokenWorked?: boolean;
};

/**
 * What an answer means: the code of the error that it is, with that error's facts; null for a
 * success. `rule` names the row of the table that decided.
 */
export type Verdict = { rule: string } & (
  | { code: null }
  /** Replace exactly that token once, then repeat. */
  | { code: "lti.access_token_rejected" }
  | { code: "lti.wrong_context" }
  | { code: "lti.insufficient_scope"; scope?: string }
  | { code: "lti.rate_limited"; retryAt: Date }
  /** This request or score is refused; the next may be fine. */
  | { code: "lti.request_rejected" }
  | { code: "lti.timestamp_conflict" }
  /** `isCertain` is false for a bare 404 on a score: it may be the user that is unknown. */
  | { code: "lti.resource_gone"; isCertain: boolean }
  /** Nothing was done; back off and repeat. */
  | { code: "lti.platform_unavailable"; reason: string; retryAt?: Date }
  /** Something may have been done; read the result before sending again. */
  | { code: "lti.unknown_outcome"; reason: string; retryAt?: Date; hint?: OutcomeHint }
  | { code: "lti.access_denied"; hint?: AccessHint }
  | { code: "lti.response_malformed"; reason: string }
  | { code: "lti.token_refused"; error?: string; description?: string }
  | { code: "lti.request_cancelled" }
);

/** Why access was denied, where the answer lets it be known. */
export type AccessHint =
  | "tool_disabled"
  | "authorization_header_lost"
  | "user_agent_required"
  | "coupled_line_item"
  | "course_unavailable"
  | "fresh_token_refused";

/** What an answer that proves nothing most likely means. */
export type OutcomeHint = "grade_locked";
