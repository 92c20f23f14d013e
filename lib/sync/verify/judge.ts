import type { ProofCause, ProofState } from "#lib/db/generated/enums.ts";
import type { PlatformProfile } from "#lib/platforms/profile.ts";
import type { VerifiedScore } from "#lib/db/proof/verify.ts";
import { isSameValue, type Result } from "#lib/lti/index.ts";

export type Held = Pick<Result, "resultScore" | "resultMaximum">;

/** What was found of one score. */
export type Judgement = {
  proof: ProofState;
  cause: ProofCause | null;
  /** What the platform holds, and out of what. */
  score: number | null;
  maximum: number | null;
};

/**
 * Compares what the platform should hold of a person with what it holds; `held` is undefined
 * where its results, read to their end, show nothing of them.
 */
export function judge(
  score: VerifiedScore,
  held: Held | undefined,
  profile: Pick<PlatformProfile, "wipesUnlessFullyGraded" | "keepsTeacherGrades">,
): Judgement {
  const expected = expectedOf(score);
  const value = held?.resultScore;
  const found = { score: value ?? null, maximum: held?.resultMaximum ?? null };
  if (value === undefined) {
    if (expected.scoreGiven === null) return { proof: "same", cause: null, ...found };
    return {
      proof: "missing",
      cause: missingCause(score, profile.wipesUnlessFullyGraded),
      ...found,
    };
  }
  if (isSameValue({ resultScore: value, resultMaximum: found.maximum ?? 1 }, expected))
    return { proof: "same", cause: null, ...found };
  return { proof: "differs", cause: differsCause(score, profile.keepsTeacherGrades), ...found };
}

/** Of a refused score the wanted value, of any other the last that counts as known there. */
function expectedOf(score: VerifiedScore) {
  if (score.state === "rejected" || !score.wasSent)
    return { scoreGiven: score.scoreGiven, scoreMaximum: score.scoreMaximum };
  return { scoreGiven: score.sentScoreGiven, scoreMaximum: score.sentScoreMaximum };
}

function missingCause(score: VerifiedScore, wipesUnlessFullyGraded: boolean): ProofCause {
  if (score.state === "rejected") return refusalOf(score);
  if (wipesUnlessFullyGraded && score.gradingProgress !== "FullyGraded") return "not_fully_graded";
  if (score.hasLeft) return "left_course";
  if (score.hasReturned) return "wiped_on_return";
  return score.wasProven ? "wiped" : "never_kept";
}

function differsCause(score: VerifiedScore, keepsTeacherGrades: boolean): ProofCause {
  if (score.state === "rejected") return refusalOf(score);
  if (score.errorCode === "sync.changed_on_platform") return "left_alone";
  // It was sent in the knowledge that the platform held another value, and that one is still there.
  return keepsTeacherGrades || score.wasOverridden ? "kept_by_platform" : "edited";
}

function refusalOf({ errorCode }: VerifiedScore): ProofCause {
  if (errorCode === "sync.would_wipe_grade") return "not_fully_graded";
  return errorCode === "sync.grade_locked" ? "locked" : "refused";
}
