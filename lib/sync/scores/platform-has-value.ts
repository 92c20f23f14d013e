import { isSameValue, listResults, SCOPE, type Result } from "#lib/lti/index.ts";
import { isCodedError } from "#lib/errors.ts";
import type { ClaimedScore } from "#lib/db/scores/outbox.ts";
import type { Connection } from "../tokens/connection.ts";

/**
 * Whether the platform's result for this person already is the wanted value. False where it
 * is not known: sending the same value again with a later timestamp is then the safe side.
 */
export async function platformHasValue(
  connection: Connection,
  score: ClaimedScore,
): Promise<boolean> {
  if (score.scoreGiven === null || score.gradingProgress !== "FullyGraded") return false;
  // An earlier sending may have put the same number there, with another comment or progress.
  if (isNewer(score) || isSameValue(lastSent(score), score)) return false;
  try {
    return await connection.call(async (client) => {
      if (!client.hasScope(SCOPE.resultReadonly)) return false;
      const { userId, lineItemUrl } = score;
      const { results } = await listResults(client, { userId, lineItemUrl });
      return results.some((result) => result.userId === userId && isSameValue(result, score));
    });
  } catch (error) {
    if (isCodedError(error)) return false;
    throw error;
  }
}

/** Wanted after the value that was claimed: this one has not been sent yet. */
function isNewer({ attempts }: ClaimedScore): boolean {
  return attempts === 0;
}

function lastSent(score: ClaimedScore): Pick<Result, "resultScore" | "resultMaximum"> {
  return {
    resultScore: score.sentScoreGiven ?? undefined,
    resultMaximum: score.sentScoreMaximum ?? 1,
  };
}
