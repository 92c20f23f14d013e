import { parseOAuthError } from "../../oauth/token-reply.ts";
import { throttledUntil } from "../../values/retry-after.ts";
import {
  all,
  isScore,
  isTokenRequest,
  isUnsafe,
  retryAtOf,
  says,
  status,
  statusFrom,
} from "./evidence.ts";
import type { Evidence, Rule } from "./evidence.ts";

const throttled = (evidence: Evidence) =>
  ({
    code: "lti.rate_limited",
    retryAt: throttledUntil(evidence.header("retry-after"), evidence.now),
  }) as const;

const hasNoAllowance = ({ header }: Evidence) => {
  const remaining = header("x-rate-limit-remaining");
  return remaining !== null && remaining.trim() !== "" && Number(remaining) <= 0;
};

const isServerError = ({ status: code }: Evidence) => code >= 500 || code === 408;

/** What the status alone tells, or nearly. */
export const STATUS_RULES: readonly Rule[] = [
  {
    name: "score refused with 200 and an empty list",
    source: "Moodle 4.5",
    when: all(isScore, statusFrom(200, 299), ({ body }) => body.trim() === "[]"),
    verdict: () => ({ code: "lti.request_rejected" }),
  },
  {
    name: "score answered with a page",
    source:
      "a proxy's or sign-in page in place of the service: whether the score arrived is unknown",
    when: all(isScore, statusFrom(200, 299), ({ body }) =>
      /^\s*<(?:!doctype html|html)\b/i.test(body),
    ),
    verdict: () => ({
      code: "lti.unknown_outcome",
      reason: "the platform answered a score with a web page",
    }),
  },
  {
    name: "success",
    source: "RFC 9110 §15.3",
    when: statusFrom(200, 299),
    verdict: () => ({ code: null }),
  },
  {
    name: "throttled with 429",
    source: "RFC 6585 §4; Canvas since October 2025",
    when: status(429),
    verdict: throttled,
  },
  {
    name: "throttled with 403",
    source: "Canvas before October 2025: canvasapi#704",
    when: all(status(403), says(/rate limit|too many requests|throttl/)),
    verdict: throttled,
  },
  {
    name: "allowance used up, status 403",
    source: "Canvas: X-Rate-Limit-Remaining, canvasapi#704",
    when: all(status(403), hasNoAllowance),
    verdict: throttled,
  },
  {
    name: "score met status 500 and an empty list",
    source: "Moodle 4.5: a locked grade or column, for as long as it is locked",
    when: all(isScore, status(500), ({ body }) => body.trim() === "[]"),
    verdict: () => ({
      code: "lti.unknown_outcome",
      reason: "status 500 and an empty list",
      hint: "grade_locked",
    }),
  },
  {
    name: "server error after a request that must not be repeated blindly",
    source: "AGS 2.0 §3.4.9",
    when: all(isUnsafe, isServerError),
    verdict: (evidence) => ({
      code: "lti.unknown_outcome",
      reason: `status ${evidence.status}`,
      retryAt: retryAtOf(evidence),
    }),
  },
  {
    name: "server error",
    source: "RFC 9110 §15.6",
    when: isServerError,
    verdict: (evidence) => ({
      code: "lti.platform_unavailable",
      reason: `status ${evidence.status}`,
      retryAt: retryAtOf(evidence),
    }),
  },
  {
    name: "request without a User-Agent refused",
    source: "Canvas since January 2026",
    when: all(status(403), says(/user[- ]agent/)),
    verdict: () => ({ code: "lti.access_denied", hint: "user_agent_required" }),
  },
  {
    name: "token refused",
    source: "RFC 6749 §5.2",
    when: isTokenRequest,
    verdict: ({ body }) => ({ code: "lti.token_refused", ...parseOAuthError(body) }),
  },
];

/** What remains when nothing more special applied. */
export const REMAINING_RULES: readonly Rule[] = [
  {
    name: "forbidden",
    source: "RFC 9110 §15.5.4",
    when: status(403),
    verdict: () => ({ code: "lti.access_denied" }),
  },
  {
    name: "gone",
    source: "RFC 9110 §15.5.5",
    when: status(404, 410),
    verdict: () => ({ code: "lti.resource_gone", isCertain: true }),
  },
];
