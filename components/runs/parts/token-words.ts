import { formatCount, plural } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

/** How the run came by its tokens, as facts that are counted: never as what it was going to be. */
export function tokenSentence({ token, batches }: RunDetail): string {
  const { requested, reused, refreshed, endpointSwaps } = token;
  if (requested + reused === 0) return "This run has not used a token yet.";
  const came = [
    requested > 0 && `requested ${plural(requested, "token")}`,
    reused > 0 && `took one from the cache ${times(reused)}`,
  ].filter(Boolean);
  const worked = [
    batches.length > 0 &&
      `looked at it before each of ${plural(batches.length, "batch", "batches")}`,
    endpointSwaps > 1 && `used it for the endpoints of ${formatCount(endpointSwaps)} courses`,
    refreshed > 0 && `replaced it ${times(refreshed)} in time`,
  ].filter(Boolean);
  const all = [...came, ...worked].join(", ");
  return `It ${all}.`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${formatCount(count)} times`;
}
