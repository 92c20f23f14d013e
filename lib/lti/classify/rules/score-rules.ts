import { all, isScore, says, status, statusFrom } from "./evidence.ts";
import type { Rule } from "./evidence.ts";

// Moodle repeats the whole score in its refusal, so names of members must not match.
const STALE_WORDS =
  /\b(?:earlier|older|stale) timestamp\b|\btimestamp\b.{0,80}\b(?:before|older|earlier|not (?:newer|later))\b/;
const USER_WORDS = /\b(?:user|student|learner|person)s?\b|enrol|grade?able/;
const PLACE_WORDS =
  /\bline[_ ]?items?\b|\b(?:column|assignment|course|context|specified resource)\b/;

/** What a refused score means: this row alone, its line item, or its time. */
export const SCORE_RULES: readonly Rule[] = [
  {
    name: "score not newer, status 409",
    source: "Moodle 4.5",
    when: all(isScore, status(409)),
    verdict: () => ({ code: "lti.timestamp_conflict" }),
  },
  {
    name: "score not newer, by the platform's words",
    source: "Canvas: 400",
    when: all(isScore, status(400, 412, 422), says(STALE_WORDS)),
    verdict: () => ({ code: "lti.timestamp_conflict" }),
  },
  {
    name: "score's user not in the course",
    source: "Brightspace kb 23661",
    when: all(isScore, status(404), says(USER_WORDS)),
    verdict: () => ({ code: "lti.request_rejected" }),
  },
  {
    name: "score's line item or course gone",
    source: "Canvas; PrairieLearn#15648",
    when: all(isScore, status(404), says(PLACE_WORDS)),
    verdict: () => ({ code: "lti.resource_gone", isCertain: true }),
  },
  {
    name: "score met 404 without words",
    source: "Brightspace kb 23661: may be the user",
    when: all(isScore, status(404)),
    verdict: () => ({ code: "lti.resource_gone", isCertain: false }),
  },
  {
    name: "score's line item gone for good",
    source: "RFC 9110 §15.5.11",
    when: all(isScore, status(410)),
    verdict: () => ({ code: "lti.resource_gone", isCertain: true }),
  },
  {
    name: "score refused",
    source: "Moodle 400, Blackboard 400, Brightspace 403 and 422, Canvas 422",
    when: all(isScore, statusFrom(400, 499)),
    verdict: () => ({ code: "lti.request_rejected" }),
  },
];
