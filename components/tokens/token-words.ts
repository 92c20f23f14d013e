import { formatDuration } from "#lib/format.ts";
import type { TokenLife, TokenRequestReason } from "#lib/operations/tokens/schema.ts";

/** Why a token was requested. */
export const REASON_WORDS: Record<TokenRequestReason, { short: string; long: string }> = {
  first: { short: "First use", long: "No token was there before." },
  expired: { short: "Expired", long: "The one before came to the end of its time." },
  ahead: {
    short: "Refreshed ahead",
    long: "The one before still served; work remained that should not wait for the next.",
  },
  forced: { short: "By hand", long: "An operator or an integration asked for a new one." },
  evicted: {
    short: "Dropped",
    long: "The platform refused the one before, or somebody dropped it.",
  },
  missing_scope: {
    short: "Scope missing",
    long: "The one before lacked a scope; this request asked for both sets at once.",
  },
};

const END_WORDS: Record<TokenLife["end"], string> = {
  alive: "in use",
  expired: "expired",
  replaced: "replaced before its end",
  evicted: "dropped before its end",
};

/** How the life of a token ended. */
export function endWords({ end, evictedReason }: Pick<TokenLife, "end" | "evictedReason">): string {
  const words = END_WORDS[end];
  return end === "evicted" && evictedReason ? `${words} (${evictedReason})` : words;
}

/** What a request to the token endpoint can fail with, for filters; in short, without the advice. */
export const TOKEN_ERRORS = [
  { value: "lti.token_refused", label: "Token refused" },
  { value: "lti.token_reply_malformed", label: "Reply cannot be used" },
  { value: "lti.platform_unavailable", label: "Platform unavailable" },
  { value: "lti.rate_limited", label: "Asked to slow down" },
];

/** `60 min`, `20 s`: round lifetimes are said round. */
export function lifetimeWords(seconds: number): string {
  if (seconds >= 120 && seconds % 60 === 0 && seconds <= 7200) return `${seconds / 60} min`;
  return formatDuration(seconds * 1000);
}
