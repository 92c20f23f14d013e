import { describe, expect, test } from "vitest";
import { classifierRules, classifyResponse } from "#lib/lti/index.ts";
import type { ClassifyInput, Operation, Verdict } from "#lib/lti/index.ts";

const NOW = new Date("2026-03-01T10:00:00.000Z");
const SCORES: Operation = "score.post";
const ROSTER: Operation = "memberships.list";
const TOKEN: Operation = "token.request";

type Given = Partial<Omit<ClassifyInput, "headers">> & { headers?: Record<string, string> };

function verdictFor({ headers = {}, ...given }: Given): Verdict {
  return classifyResponse({
    operation: ROSTER,
    now: NOW,
    headers: { get: (name) => headers[name] ?? null },
    ...given,
  });
}

const canvas = (message: string) => JSON.stringify({ errors: { type: "x", message } });
const in30s = new Date("2026-03-01T10:00:30.000Z");
const in90s = new Date("2026-03-01T10:01:30.000Z");

/** Who says so, what came, what it means. */
const table: [source: string, given: Given, verdict: Partial<Verdict>][] = [
  ["[RFC 9110 §15.3]", { status: 200, body: "{}" }, { code: null }],
  ["[AGS 2.0 §3.4] 201", { operation: SCORES, status: 201 }, { code: null }],
  ["[AGS 2.0 §3.4] 204", { operation: SCORES, status: 204 }, { code: null }],
  [
    "[Moodle 4.5] 200 []",
    { operation: SCORES, status: 200, body: " []\n" },
    { code: "lti.request_rejected" },
  ],
  [
    "[Moodle 4.5] a locked grade: 500 []",
    { operation: SCORES, status: 500, body: "[]" },
    { code: "lti.unknown_outcome", hint: "grade_locked" },
  ],
  [
    "a sign-in page in place of the service",
    { operation: SCORES, status: 200, body: "\n<!DOCTYPE html><title>Sign in</title>" },
    { code: "lti.unknown_outcome" },
  ],
  [
    "[nginx] a page for a token that had worked",
    { status: 401, body: "<title>401 Authorization Required</title>", hasTokenWorked: true },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[RFC 6750 §3.1] insufficient_scope, in words that name the token",
    {
      status: 403,
      headers: {
        "www-authenticate":
          'Bearer error="insufficient_scope", error_description="The access token does not have the required scope"',
      },
    },
    { code: "lti.insufficient_scope" },
  ],
  [
    "an empty list of results",
    { operation: "results.list", status: 200, body: "[]" },
    { code: null },
  ],

  ["[RFC 6585 §4]", { status: 429 }, { code: "lti.rate_limited", retryAt: in30s }],
  [
    "429, seconds",
    { status: 429, headers: { "retry-after": "90" } },
    { code: "lti.rate_limited", retryAt: in90s },
  ],
  [
    "429, date",
    { status: 429, headers: { "retry-after": "Sun, 01 Mar 2026 10:01:30 GMT" } },
    { code: "lti.rate_limited", retryAt: in90s },
  ],
  [
    "429 that says at once",
    { status: 429, headers: { "retry-after": "0" } },
    { code: "lti.rate_limited", retryAt: new Date("2026-03-01T10:00:01.000Z") },
  ],
  [
    "429 that parks for a year",
    { status: 429, headers: { "retry-after": "31536000" } },
    { code: "lti.rate_limited", retryAt: new Date("2026-03-01T11:00:00.000Z") },
  ],
  [
    "[canvasapi#704]",
    { status: 403, body: "403 Forbidden (Rate Limit Exceeded)" },
    { code: "lti.rate_limited" },
  ],
  [
    "[canvasapi#704] no allowance left",
    { status: 403, headers: { "x-rate-limit-remaining": "0.0" } },
    { code: "lti.rate_limited", retryAt: in30s },
  ],
  [
    "403 with allowance left",
    { status: 403, headers: { "x-rate-limit-remaining": "0.5" } },
    { code: "lti.access_denied" },
  ],
  ["[numbas#349] token 429", { operation: TOKEN, status: 429 }, { code: "lti.rate_limited" }],

  ["5xx while reading", { status: 502, body: "<html>" }, { code: "lti.platform_unavailable" }],
  [
    "503 with Retry-After",
    { status: 503, headers: { "retry-after": "90" } },
    { code: "lti.platform_unavailable", retryAt: in90s },
  ],
  ["5xx on a score", { operation: SCORES, status: 500 }, { code: "lti.unknown_outcome" }],
  [
    "5xx on a create",
    { operation: "line_item.create", status: 504 },
    { code: "lti.unknown_outcome" },
  ],
  [
    "5xx on a replacement",
    { operation: "line_item.update", status: 500 },
    { code: "lti.platform_unavailable" },
  ],
  [
    "[oat-sa#187] token 500",
    { operation: TOKEN, status: 500 },
    { code: "lti.platform_unavailable" },
  ],

  [
    "refused connection",
    { failure: "unreachable", operation: SCORES },
    { code: "lti.platform_unavailable" },
  ],
  [
    "timeout of a score",
    { failure: "timeout", operation: SCORES },
    { code: "lti.unknown_outcome" },
  ],
  ["cut after a score", { failure: "cut", operation: SCORES }, { code: "lti.unknown_outcome" }],
  [
    "cancelled with a score on its way",
    { failure: "cancelled", operation: SCORES },
    { code: "lti.unknown_outcome" },
  ],
  ["cancelled while reading", { failure: "cancelled" }, { code: "lti.request_cancelled" }],
  ["timeout while reading", { failure: "timeout" }, { code: "lti.platform_unavailable" }],
  ["too large", { failure: "too_large" }, { code: "lti.response_malformed" }],

  [
    "[RFC 6749 §5.2]",
    { operation: TOKEN, status: 400, body: '{"error":"invalid_scope","error_description":"no"}' },
    { code: "lti.token_refused", error: "invalid_scope", description: "no" },
  ],
  [
    "token 401 without JSON",
    { operation: TOKEN, status: 401, body: "<h1>no</h1>" },
    { code: "lti.token_refused" },
  ],
  ["token 404", { operation: TOKEN, status: 404 }, { code: "lti.token_refused" }],

  [
    "[ltijs#179] past its time",
    { status: 401, isTokenExpired: true },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[packback#20] worked before",
    { status: 401, hasTokenWorked: true, tokenAgeMs: 1_000 },
    { code: "lti.access_token_rejected" },
  ],
  [
    "old enough to have been revoked",
    { status: 401, tokenAgeMs: 61_000 },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[RFC 6750 §3.1] invalid_token",
    {
      status: 401,
      tokenAgeMs: 1_000,
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
    },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[Canvas] expired",
    { status: 401, body: canvas("Expired access token") },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[Canvas] revoked",
    { status: 401, body: canvas("Revoked access token") },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[Canvas] signature",
    { status: 401, body: canvas("Invalid access token signature") },
    { code: "lti.access_token_rejected" },
  ],
  [
    "[Canvas] wrong context, though the token worked elsewhere",
    {
      status: 401,
      hasTokenWorked: true,
      body: canvas("Access Token not linked to a Tool associated with this Context"),
    },
    { code: "lti.wrong_context" },
  ],
  [
    "[Canvas] key off",
    { status: 401, tokenAgeMs: 90_000, body: canvas("Unknown or inactive Developer Key") },
    { code: "lti.access_denied", hint: "tool_disabled" },
  ],
  [
    "[Canvas] feature off",
    { status: 401, body: canvas("LTI 1.3/Advantage features not enabled") },
    { code: "lti.access_denied", hint: "tool_disabled" },
  ],
  [
    "[Canvas] scopes",
    { status: 401, body: canvas("Insufficient scopes on access token") },
    { code: "lti.insufficient_scope" },
  ],
  [
    "[Canvas] permissions",
    { status: 401, body: canvas("Insufficient permissions") },
    { code: "lti.insufficient_scope" },
  ],
  [
    "[Canvas] NRPS scope",
    { status: 401, body: canvas("NRPS v2 scope not granted") },
    { code: "lti.insufficient_scope" },
  ],
  [
    "[RFC 6750 §3.1] insufficient_scope",
    {
      status: 403,
      headers: { "www-authenticate": 'Bearer error="insufficient_scope", scope="urn:a urn:b"' },
    },
    { code: "lti.insufficient_scope", scope: "urn:a urn:b" },
  ],
  [
    "[Learn-LTI#113] stripped",
    { status: 401, tokenAgeMs: 1_000, body: "Missing access token" },
    { code: "lti.access_denied", hint: "authorization_header_lost" },
  ],
  [
    "[ltijs#31] stripped",
    { status: 401, hasTokenWorked: true, body: '{"error_description":"no token"}' },
    { code: "lti.access_denied", hint: "authorization_header_lost" },
  ],
  [
    "[pylti1.3#80] stripped, by the challenge alone",
    { status: 401, tokenAgeMs: 1_000, headers: { "www-authenticate": 'Bearer realm="x"' } },
    { code: "lti.access_denied", hint: "authorization_header_lost" },
  ],
  [
    "fresh token, no words",
    { status: 401, tokenAgeMs: 1_000 },
    { code: "lti.access_denied", hint: "fresh_token_refused" },
  ],
  [
    "[Canvas] coupled delete",
    {
      operation: "line_item.delete",
      status: 401,
      hasTokenWorked: true,
      body: canvas("You are not authorized to delete this line item"),
    },
    { code: "lti.access_denied", hint: "coupled_line_item" },
  ],
  [
    "[Canvas 2026] User-Agent",
    { status: 403, body: "User-Agent header required" },
    { code: "lti.access_denied", hint: "user_agent_required" },
  ],
  [
    "[hypothesis/lms#5495] concluded",
    {
      operation: SCORES,
      status: 422,
      body: canvas(
        "This course has concluded. AGS requests will no longer be accepted for this course.",
      ),
    },
    { code: "lti.access_denied", hint: "course_unavailable" },
  ],
  [
    "[PrairieLearn#11292] unpublished",
    { operation: SCORES, status: 403, body: "The course is not published" },
    { code: "lti.access_denied", hint: "course_unavailable" },
  ],
  ["403 on a roster", { status: 403, body: "no" }, { code: "lti.access_denied" }],

  [
    "[Moodle] 409",
    { operation: SCORES, status: 409, body: "Refusing score with an earlier timestamp" },
    { code: "lti.timestamp_conflict" },
  ],
  [
    "[Canvas] stale",
    {
      operation: SCORES,
      status: 400,
      body: canvas(
        "Provided timestamp of 2026-03-01T10:00:00Z before last updated timestamp of 2026-03-01T11:00:00Z",
      ),
    },
    { code: "lti.timestamp_conflict" },
  ],
  [
    "[ltijs#65] Moodle repeats the score, timestamp and all",
    {
      operation: SCORES,
      status: 400,
      body: '{"status":400,"reason":"Incorrect score received{\\"userId\\":\\"7\\",\\"timestamp\\":\\"2026-03-01T10:00:00.000Z\\"}"}',
    },
    { code: "lti.request_rejected" },
  ],
  [
    "[Canvas] submitted in the future",
    {
      operation: SCORES,
      status: 400,
      body: canvas("Provided submitted_at timestamp of 2027 in the future"),
    },
    { code: "lti.request_rejected" },
  ],
  [
    "[canvas-lms#1659] not a student",
    {
      operation: SCORES,
      status: 422,
      body: canvas("User not found in course or is not a student"),
    },
    { code: "lti.request_rejected" },
  ],
  [
    "[hypothesis/lms#5098] attempts",
    {
      operation: SCORES,
      status: 422,
      body: canvas("The maximum number of allowed attempts has been reached for this submission"),
    },
    { code: "lti.request_rejected" },
  ],
  [
    "[canvas-lms#1964] unpublished assignment",
    {
      operation: SCORES,
      status: 422,
      body: canvas("cannot be changed at this time: This assignment is still unpublished."),
    },
    { code: "lti.request_rejected" },
  ],
  [
    "[Blackboard] 400",
    { operation: SCORES, status: 400, body: "User could not be found" },
    { code: "lti.request_rejected" },
  ],
  [
    "[kb 23661] 403",
    { operation: SCORES, status: 403, body: "User is not enrolled" },
    { code: "lti.request_rejected" },
  ],
  [
    "[kb 23661] 404",
    { operation: SCORES, status: 404, body: "User is not enrolled" },
    { code: "lti.request_rejected" },
  ],
  [
    "[kb 23661] 422",
    { operation: SCORES, status: 422, body: "User role is not gradeable" },
    { code: "lti.request_rejected" },
  ],
  [
    "[PrairieLearn#15648] line item gone",
    { operation: SCORES, status: 404, body: "no such line item" },
    { code: "lti.resource_gone", isCertain: true },
  ],
  [
    "[Canvas] resource gone",
    { operation: SCORES, status: 404, body: canvas("The specified resource does not exist.") },
    { code: "lti.resource_gone", isCertain: true },
  ],
  [
    "[Canvas] context gone",
    { operation: SCORES, status: 404, body: canvas("Context is deleted or not found") },
    { code: "lti.resource_gone", isCertain: true },
  ],
  [
    "404 on a score without words",
    { operation: SCORES, status: 404 },
    { code: "lti.resource_gone", isCertain: false },
  ],
  [
    "410 on a score",
    { operation: SCORES, status: 410 },
    { code: "lti.resource_gone", isCertain: true },
  ],
  ["404 on a roster", { status: 404 }, { code: "lti.resource_gone", isCertain: true }],
  [
    "404 on a line item",
    { operation: "line_item.get", status: 404 },
    { code: "lti.resource_gone", isCertain: true },
  ],
  ["400 on a roster", { status: 400 }, { code: "lti.request_rejected" }],
  ["406", { status: 406 }, { code: "lti.request_rejected" }],
  ["304", { status: 304 }, { code: "lti.request_rejected" }],
];

describe("classifyResponse", () => {
  test.each(table)("%s", (_source, given, verdict) => {
    expect(verdictFor(given)).toMatchObject(verdict);
  });

  test("uses every row of its table", () => {
    const used = new Set(table.map(([, given]) => verdictFor(given).rule));
    const unused = classifierRules().filter(({ name }) => !used.has(name));
    expect(unused).toEqual([]);
  });

  test("takes no token for dead that cannot be one", () => {
    for (const status of [400, 403, 404, 409, 422, 429, 500]) {
      const verdict = verdictFor({ status, body: "token expired", hasTokenWorked: true });
      expect(verdict.code).not.toBe("token_expired_or_revoked");
    }
  });
});
