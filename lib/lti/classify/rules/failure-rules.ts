import { isUnsafe } from "./evidence.ts";
import type { Evidence, Rule } from "./evidence.ts";

const WORDS = {
  unreachable: "it could not be reached",
  timeout: "it did not answer in time",
  cut: "the connection was cut",
  too_large: "the reply is larger than allowed",
  cancelled: "the request was cancelled",
} as const;

const reasonOf = (evidence: Evidence) => WORDS[evidence.failure ?? "cut"];

/** No whole reply came. */
export const FAILURE_RULES: readonly Rule[] = [
  {
    name: "nothing was sent",
    source: "the connection never stood",
    when: ({ failure }) => failure === "unreachable",
    verdict: (evidence) => ({ code: "lti.platform_unavailable", reason: reasonOf(evidence) }),
  },
  {
    name: "no reply to a request that must not be repeated blindly",
    source: "AGS 2.0 §3.4.9",
    when: (evidence) => evidence.failure !== undefined && isUnsafe(evidence),
    verdict: (evidence) => ({ code: "lti.unknown_outcome", reason: reasonOf(evidence) }),
  },
  {
    name: "cancelled",
    source: "the caller's signal",
    when: ({ failure }) => failure === "cancelled",
    verdict: () => ({ code: "lti.request_cancelled" }),
  },
  {
    name: "reply larger than allowed",
    source: "maxResponseBytes",
    when: ({ failure }) => failure === "too_large",
    verdict: (evidence) => ({ code: "lti.response_malformed", reason: reasonOf(evidence) }),
  },
  {
    name: "no reply",
    source: "timeout or cut connection",
    when: ({ failure }) => failure !== undefined,
    verdict: (evidence) => ({ code: "lti.platform_unavailable", reason: reasonOf(evidence) }),
  },
];
