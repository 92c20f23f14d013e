import { formatDuration } from "#lib/format.ts";
import type { TokenRequestView } from "#lib/operations/tokens/schema.ts";

type Reason = TokenRequestView["reason"];

/** Why a token was requested. */
export const REASON_WORDS: Record<Reason, { short: string; long: string }> = {
  first: { short: "First use", long: "No token was there before." },
  expired: { short: "Expired", long: "The one before came to the end of its time." },
  ahead: {
    short: "Ahead of need",
    long: "The one before still served; work remained that should not wait for the next.",
  },
  forced: { short: "By hand", long: "An operator or an integration asked for a new one." },
  evicted: { short: "Dropped", long: "The one before was turned down or dropped." },
  missing_scope: {
    short: "Scope added",
    long: "The one before lacked a scope; this request asked for both sets at once.",
  },
};

/** `60 min`, `20 s`: round lifetimes are said round. */
export function lifetimeWords(seconds: number): string {
  if (seconds >= 120 && seconds % 60 === 0 && seconds <= 7200) return `${seconds / 60} min`;
  return formatDuration(seconds * 1000);
}
