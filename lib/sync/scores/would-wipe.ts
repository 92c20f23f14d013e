import type { NotFullyGradedPolicy } from "#lib/db/generated/enums.ts";
import type { ClaimedScore } from "#lib/db/scores/outbox.ts";
import type { PlatformProfile } from "#lib/platforms/profile.ts";
import { WouldWipeGrade } from "../errors.ts";

/**
 * Why a score must not be sent: the platform wipes a grade for anything but a value that is fully
 * graded, is known to hold one for this person, and the course is not set to send such scores.
 */
export function wouldWipe(
  score: Pick<ClaimedScore, "gradingProgress" | "scoreGiven" | "hasPlatformValue">,
  profile: Pick<PlatformProfile, "wipesUnlessFullyGraded">,
  policy: NotFullyGradedPolicy,
): WouldWipeGrade | undefined {
  if (policy === "send" || !profile.wipesUnlessFullyGraded || !score.hasPlatformValue)
    return undefined;
  const isWhole = score.gradingProgress === "FullyGraded" && score.scoreGiven !== null;
  return isWhole ? undefined : new WouldWipeGrade(score);
}
