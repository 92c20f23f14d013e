import { all, says, status } from "./evidence.ts";
import type { Evidence, Rule, Test } from "./evidence.ts";

/** From this age on, a token that is suddenly refused has probably been revoked. */
const YOUNG_TOKEN_MS = 60_000;

const CONTEXT_WORDS = /not linked to a tool|wrong context|\bnot\b.{0,40}\bthis context/;
const TOOL_WORDS = /developer key|features not enabled/;
const LOST_HEADER_WORDS =
  /\b(?:missing|no|without|empty)\b.{0,30}\b(?:authorization|bearer|token)\b|\b(?:authorization|bearer|token)\b.{0,30}\b(?:missing|required|empty|not (?:found|provided|sent|present))\b/;
const DEAD_TOKEN_WORDS =
  /invalid_token|\binvalid access token|\b(?:expired|revoked)\b.{0,20}\btoken|\btoken\b.{0,40}\b(?:expired|revoked|invalid|not valid|unknown)\b/;
const SCOPE_WORDS = /insufficient[_ -](?:scope|permission|privilege)|\bscopes?\b/;
const COURSE_WORDS =
  /\b(?:course|context|site)\b.{0,40}\b(?:concluded|unpublished|unavailable|not (?:published|available))\b/;

const denied = status(401, 403);

const hasTokenLived: Test = ({ isTokenExpired, hasTokenWorked, tokenAgeMs = 0 }) =>
  isTokenExpired === true || hasTokenWorked === true || tokenAgeMs >= YOUNG_TOKEN_MS;

/** Who may do what: 401, 403, and the refusals that only look like them. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    name: "tool not placed in this context",
    source: "Canvas",
    when: all(denied, says(CONTEXT_WORDS)),
    verdict: () => ({ code: "lti.wrong_context" }),
  },
  {
    name: "tool switched off",
    source: "Canvas",
    when: all(denied, says(TOOL_WORDS)),
    verdict: () => ({ code: "lti.access_denied", hint: "tool_disabled" }),
  },
  {
    name: "token expired or revoked, by the platform's words",
    source: "RFC 6750 §3.1; Canvas",
    when: all(status(401), says(DEAD_TOKEN_WORDS)),
    verdict: () => ({ code: "lti.access_token_rejected" }),
  },
  {
    name: "scope missing, by its code",
    source: "RFC 6750 §3.1",
    when: all(denied, says(/insufficient_scope/)),
    verdict: (evidence) => ({ code: "lti.insufficient_scope", scope: challengedScope(evidence) }),
  },
  {
    name: "token expired or revoked, behind a web server's own page",
    source: "nginx: the page says the same of every 401",
    when: all(status(401), says(/<title>\s*401 authorization required/), hasTokenLived),
    verdict: () => ({ code: "lti.access_token_rejected" }),
  },
  {
    name: "Authorization header lost on the way",
    source: "Apache before Moodle: Learn-LTI#113, pylti1.3#80, ltijs#31",
    when: all(denied, says(LOST_HEADER_WORDS)),
    verdict: () => ({ code: "lti.access_denied", hint: "authorization_header_lost" }),
  },
  {
    name: "scope missing, by the platform's words",
    source: "RFC 6750 §3.1; Canvas",
    when: all(denied, says(SCOPE_WORDS)),
    verdict: (evidence) => ({ code: "lti.insufficient_scope", scope: challengedScope(evidence) }),
  },
  {
    name: "coupled line item not deleted",
    source: "Canvas",
    when: all(denied, ({ operation }) => operation === "line_item.delete"),
    verdict: () => ({ code: "lti.access_denied", hint: "coupled_line_item" }),
  },
  {
    name: "token expired or revoked, by its age or its past",
    source: "ltijs#179, packback#20",
    when: all(status(401), hasTokenLived),
    verdict: () => ({ code: "lti.access_token_rejected" }),
  },
  {
    name: "fresh token not seen by the platform",
    source: "RFC 6750 §3.1: a challenge without an error answers a request without a token",
    when: all(status(401), ({ header }) => isBareChallenge(header("www-authenticate"))),
    verdict: () => ({ code: "lti.access_denied", hint: "authorization_header_lost" }),
  },
  {
    name: "fresh token refused without a reason",
    source: "a new token would fare no better",
    when: status(401),
    verdict: () => ({ code: "lti.access_denied", hint: "fresh_token_refused" }),
  },
  {
    name: "course not open",
    source: "Canvas: PrairieLearn#11292, hypothesis/lms#5495",
    when: all(status(400, 403, 422), says(COURSE_WORDS)),
    verdict: () => ({ code: "lti.access_denied", hint: "course_unavailable" }),
  },
];

function isBareChallenge(header: string | null): boolean {
  return header !== null && /^\s*bearer\b/i.test(header) && !/\berror=/i.test(header);
}

function challengedScope({ header }: Evidence): string | undefined {
  return /\bscope="([^"]+)"/.exec(header("www-authenticate") ?? "")?.[1];
}
