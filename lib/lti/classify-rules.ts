import type { ClassifyInput, Verdict } from "./classify.ts";
import { isRepeatUnsafe } from "./operations.ts";
import { parseOAuthError } from "./oauth/oauth-error.ts";
import { parseRetryAfter, throttledUntil } from "./retry-after.ts";

export type Evidence = Omit<ClassifyInput, "headers"> & {
  status: number;
  body: string;
  header(name: string): string | null;
  /** WWW-Authenticate and the start of the body, lower case. */
  words: string;
};

type WithoutRule<V> = V extends unknown ? Omit<V, "rule"> : never;

export type Rule = {
  name: string;
  /** Where the behaviour is specified or was seen. */
  source: string;
  when(evidence: Evidence): boolean;
  verdict(evidence: Evidence): WithoutRule<Verdict>;
};

/** From this age on, a token that is suddenly refused was probably revoked. */
const YOUNG_TOKEN_MS = 60_000;

const CONTEXT_WORDS = /not linked to a tool|wrong context|(?:not|isn't) .{0,40}this context/;
const SCOPE_WORDS = /insufficient[_ -](?:scope|permission|privilege)|\bscopes?\b/;
const LOST_HEADER_WORDS =
  /(?:missing|no|without|empty|required?).{0,30}(?:authorization|access token|bearer)|(?:authorization|access token|bearer).{0,30}(?:missing|not (?:found|provided|sent|present)|required|empty)/;
const DEAD_TOKEN_WORDS =
  /invalid[_ ](?:access[_ ])?token|(?:token|jwt).{0,40}(?:expired|revoked|invalid|not valid|unknown)|(?:expired|revoked).{0,20}token/;
const THROTTLE_WORDS = /rate limit|too many requests|throttl/;
const USER_AGENT_WORDS = /user[- ]agent/;
const COURSE_WORDS =
  /(?:course|context|site).{0,40}(?:unpublished|not published|not available|unavailable|concluded|inactive)/;
const TIMESTAMP_WORDS = /timestamp/;
const USER_WORDS = /\buser|student|learner|member|person|enrol|gradable|gradeable/;
const LINE_ITEM_WORDS = /line ?item|column|gradebook/;

const statusIn = (from: number, to: number) => (e: Evidence) => e.status >= from && e.status <= to;
const isScore = (e: Evidence) => e.operation === "score.post";
const isToken = (e: Evidence) => e.operation === "token.request";
const isUnsafe = (e: Evidence) => isRepeatUnsafe(e.operation);
const says = (words: RegExp) => (e: Evidence) => words.test(e.words);
const all =
  (...tests: ((e: Evidence) => boolean)[]) =>
  (e: Evidence) =>
    tests.every((test) => test(e));
const status =
  (...codes: number[]) =>
  (e: Evidence) =>
    codes.includes(e.status);

const FAILURE_WORDS = {
  unreachable: "it could not be reached",
  timeout: "it did not answer in time",
  cut: "the connection was cut",
  too_large: "the reply is larger than allowed",
  cancelled: "the request was cancelled",
} as const;

const whyFailed = (e: Evidence) => FAILURE_WORDS[e.failure ?? "cut"];
const retryAtOf = (e: Evidence) => parseRetryAfter(e.header("retry-after"), e.now);

const FAILURES: Rule[] = [
  {
    name: "nothing was sent",
    source: "lost before the connection stood",
    when: (e) => e.failure === "unreachable",
    verdict: (e) => ({ kind: "platform_down", reason: whyFailed(e) }),
  },
  {
    name: "reply lost after a request that must not be repeated blindly",
    source: "AGS 2.0 §3.4.9",
    when: (e) => e.failure !== undefined && isUnsafe(e),
    verdict: (e) => ({ kind: "unknown_outcome", reason: whyFailed(e) }),
  },
  {
    name: "cancelled by the caller",
    source: "the caller's signal",
    when: (e) => e.failure === "cancelled",
    verdict: () => ({ kind: "cancelled" }),
  },
  {
    name: "reply larger than allowed",
    source: "size limit",
    when: (e) => e.failure === "too_large",
    verdict: (e) => ({ kind: "malformed", reason: whyFailed(e) }),
  },
  {
    name: "reply lost",
    source: "timeout or cut connection",
    when: (e) => e.failure !== undefined,
    verdict: (e) => ({ kind: "platform_down", reason: whyFailed(e) }),
  },
];

const ANY_STATUS: Rule[] = [
  {
    name: "score refused with 200 and an empty list",
    source: "Moodle 4.5",
    when: all(isScore, statusIn(200, 299), (e) => e.body.trim() === "[]"),
    verdict: () => ({ kind: "row_rejected" }),
  },
  {
    name: "success",
    source: "RFC 9110 §15.3",
    when: statusIn(200, 299),
    verdict: () => ({ kind: "accepted" }),
  },
  {
    name: "throttled with 429",
    source: "RFC 6585 §4",
    when: status(429),
    verdict: (e) => ({
      kind: "throttled",
      retryAt: throttledUntil(e.header("retry-after"), e.now),
    }),
  },
  {
    name: "throttled with 403",
    source: "Canvas before October 2025",
    when: all(status(403), says(THROTTLE_WORDS)),
    verdict: (e) => ({
      kind: "throttled",
      retryAt: throttledUntil(e.header("retry-after"), e.now),
    }),
  },
  {
    name: "server error after a request that must not be repeated blindly",
    source: "AGS 2.0 §3.4.9",
    when: all(isUnsafe, (e) => e.status >= 500 || e.status === 408),
    verdict: (e) => ({
      kind: "unknown_outcome",
      reason: `status ${e.status}`,
      retryAt: retryAtOf(e),
    }),
  },
  {
    name: "server error",
    source: "RFC 9110 §15.6",
    when: (e) => e.status >= 500 || e.status === 408,
    verdict: (e) => ({
      kind: "platform_down",
      reason: `status ${e.status}`,
      retryAt: retryAtOf(e),
    }),
  },
  {
    name: "request without a User-Agent refused",
    source: "Canvas since January 2026",
    when: all(status(403), says(USER_AGENT_WORDS)),
    verdict: () => ({ kind: "access_denied", hint: "user_agent_required" }),
  },
  {
    name: "token refused",
    source: "RFC 6749 §5.2",
    when: isToken,
    verdict: (e) => ({ kind: "token_refused", ...parseOAuthError(e.body) }),
  },
];

const ACCESS: Rule[] = [
  {
    name: "tool not placed in this context",
    source: "Canvas",
    when: all(status(401, 403), says(CONTEXT_WORDS)),
    verdict: () => ({ kind: "wrong_context" }),
  },
  {
    name: "Authorization header lost on the way",
    source: "Apache before Moodle: Learn-LTI#113, pylti1.3#80, ltijs#31",
    when: all(status(401, 403), says(LOST_HEADER_WORDS)),
    verdict: () => ({ kind: "access_denied", hint: "authorization_header_lost" }),
  },
  {
    name: "token expired or revoked, by the platform's words",
    source: "RFC 6750 §3.1",
    when: all(status(401), says(DEAD_TOKEN_WORDS)),
    verdict: () => ({ kind: "token_expired_or_revoked" }),
  },
  {
    name: "scope missing, by the platform's words",
    source: "RFC 6750 §3.1",
    when: all(status(401, 403), says(SCOPE_WORDS)),
    verdict: (e) => ({ kind: "missing_scope", scope: challengedScope(e) }),
  },
  {
    name: "coupled line item not deleted",
    source: "Canvas",
    when: all(status(401, 403), (e) => e.operation === "line_item.delete"),
    verdict: () => ({ kind: "access_denied", hint: "coupled_line_item" }),
  },
  {
    name: "token expired or revoked, by its age or its past",
    source: "ltijs#179, packback#20",
    when: all(
      status(401),
      (e) =>
        e.isTokenExpired === true ||
        e.hasTokenWorked === true ||
        (e.tokenAgeMs ?? 0) >= YOUNG_TOKEN_MS,
    ),
    verdict: () => ({ kind: "token_expired_or_revoked" }),
  },
  {
    name: "a fresh token refused without a reason",
    source: "a new token would fare no better",
    when: status(401),
    verdict: () => ({ kind: "access_denied", hint: "fresh_token_refused" }),
  },
  {
    name: "course not available",
    source: "PrairieLearn#11292",
    when: all(status(400, 403, 422), says(COURSE_WORDS)),
    verdict: () => ({ kind: "access_denied", hint: "course_unavailable" }),
  },
];

const SCORES: Rule[] = [
  {
    name: "score timestamp not newer, status 409",
    source: "Moodle",
    when: all(isScore, status(409)),
    verdict: () => ({ kind: "timestamp_conflict" }),
  },
  {
    name: "score timestamp not newer, by the platform's words",
    source: "Canvas",
    when: all(isScore, status(400, 412, 422), says(TIMESTAMP_WORDS)),
    verdict: () => ({ kind: "timestamp_conflict" }),
  },
  {
    name: "score's line item gone, by the platform's words",
    source: "course copied or column deleted",
    when: all(isScore, status(404, 410), says(LINE_ITEM_WORDS), (e) => !USER_WORDS.test(e.words)),
    verdict: () => ({ kind: "resource_gone", isCertain: true }),
  },
  {
    name: "score's user unknown, by the platform's words",
    source: "Blackboard, Brightspace kb 23661",
    when: all(isScore, status(404), says(USER_WORDS)),
    verdict: () => ({ kind: "row_rejected" }),
  },
  {
    name: "score met 404 or 410 without words",
    source: "Brightspace kb 23661: may be the user",
    when: all(isScore, status(404, 410)),
    verdict: (e) => ({ kind: "resource_gone", isCertain: e.status === 410 }),
  },
  {
    name: "score refused",
    source: "Moodle 400, Canvas 422, Brightspace 403 and 422",
    when: all(isScore, statusIn(400, 499)),
    verdict: () => ({ kind: "row_rejected" }),
  },
];

const REST: Rule[] = [
  {
    name: "forbidden",
    source: "RFC 9110 §15.5.4",
    when: status(403),
    verdict: () => ({ kind: "access_denied" }),
  },
  {
    name: "gone",
    source: "RFC 9110 §15.5.5",
    when: status(404, 410),
    verdict: () => ({ kind: "resource_gone", isCertain: true }),
  },
];

export const RULES: readonly Rule[] = [...FAILURES, ...ANY_STATUS, ...ACCESS, ...SCORES, ...REST];

function challengedScope(e: Evidence): string | undefined {
  return /\bscope="([^"]+)"/.exec(e.header("www-authenticate") ?? "")?.[1];
}
