import type { Score } from "./score.ts";

const CANVAS_SUBMISSION = "https://canvas.instructure.com/lti/submission";

/**
 * A score for Canvas that says whether it counts as a new submission attempt.
 *
 * Canvas makes a new attempt of every score unless told otherwise, which moves the submission
 * date and may mark it late.
 */
export function withCanvasSubmission(score: Score, options: { newSubmission: boolean }): Score {
  const given = score.extensions?.[CANVAS_SUBMISSION];
  const submission = typeof given === "object" && given !== null ? given : {};
  return {
    ...score,
    extensions: {
      ...score.extensions,
      [CANVAS_SUBMISSION]: { ...submission, new_submission: options.newSubmission },
    },
  };
}
