import type { TokenCase } from "#lib/db/generated/enums.ts";

export type TokenCounts = {
  requested: number;
  reused: number;
  refreshed: number;
  endpointSwaps: number;
  batches: number;
};

/** Which of the four ways to spend a token a run turned out to be. */
export function tokenCase(counts: TokenCounts): TokenCase {
  if (counts.endpointSwaps > 0) return "many_courses";
  if (counts.refreshed > 0) return "long_job";
  if (counts.requested === 0) return "shared_cache";
  return counts.batches > 1 ? "long_job" : "single_call";
}
