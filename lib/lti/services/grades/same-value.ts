/** Gradebooks keep five decimals of a point, of the scale a score is sent in and of their own. */
const STEP_IN_POINTS = 1e-5;
/** What binary fractions add to that. */
const NOISE = 1e-6;

/**
 * Whether a platform that holds `resultScore` of `resultMaximum` holds the score that was sent,
 * as platforms keep scores: scaled to the column's maximum, rounded at five decimals before or
 * after that, and bounded by 0 and the maximum. False where either has no value.
 *
 * @see AGS 2.0 §3.3.4.6, §3.4.7
 */
export function isSameValue(
  result: { resultScore?: number; resultMaximum: number },
  score: { scoreGiven: number | null; scoreMaximum: number | null },
): boolean {
  if (result.resultScore === undefined || score.scoreGiven === null) return false;
  const ofColumn = result.resultMaximum || 1;
  const ofScore = score.scoreMaximum || 1;
  const held = result.resultScore / ofColumn;
  const sent = score.scoreGiven / ofScore;
  const step = Math.max(STEP_IN_POINTS / ofColumn, STEP_IN_POINTS / ofScore, NOISE);
  const isNear = (share: number) => Math.abs(held - share) < step + Number.EPSILON;
  return isNear(sent) || (sent > 1 && isNear(1)) || (sent < 0 && isNear(0));
}
