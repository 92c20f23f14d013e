import { isSameValue, listResults, SCOPE, type Result } from "#lib/lti/index.ts";
import { isCodedError } from "#lib/errors.ts";
import type { ClaimedScore } from "#lib/db/scores/outbox.ts";
import type { Connection } from "../tokens/connection.ts";

/** What the platform answered about a score, or why it was not asked. */
export type LookUp = {
  found: "there" | "not_there" | "cannot_tell" | "no_scope" | "no_answer";
  /** As part of a sentence about the score. */
  words: string;
};

const NOT_THERE: LookUp = { found: "not_there", words: "asked for afterwards, it was not there" };
const CANNOT_TELL: LookUp = {
  found: "cannot_tell",
  words: "a result would not tell whether it arrived, so it was not asked for",
};
const NO_SCOPE: LookUp = {
  found: "no_scope",
  words: "it could not be asked for: the token lacks the scope to read results",
};

/** It was not asked for, because the platform was away or asked to be left alone. */
export function notAsked(why: string): LookUp {
  return { found: "no_answer", words: `it could not be asked for: ${why}` };
}

/**
 * Whether the platform's result for this person already is the wanted value. Where that cannot be
 * told, sending the same value again with a later timestamp is the safe side.
 */
export async function lookUpOnPlatform(
  connection: Connection,
  score: ClaimedScore,
): Promise<LookUp> {
  if (score.scoreGiven === null || score.gradingProgress !== "FullyGraded") return CANNOT_TELL;
  // An earlier sending may have put the same number there, with another comment or progress.
  if (isNewer(score) || isSameValue(lastSent(score), score)) return CANNOT_TELL;
  try {
    return await connection.call(async (client) => {
      if (!client.hasScope(SCOPE.resultReadonly)) return NO_SCOPE;
      const { userId, lineItemUrl } = score;
      const { results } = await listResults(client, { userId, lineItemUrl });
      const isThere = results.some(
        (result) => result.userId === userId && isSameValue(result, score),
      );
      return isThere ? { found: "there", words: "it is there" } : NOT_THERE;
    });
  } catch (error) {
    if (isCodedError(error)) return notAsked(error.message);
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
