import { requeueRejectedScores } from "#lib/db/scores/release.ts";
import { coursesToSend } from "#lib/db/schedules/schedules.ts";
import { hasPendingScores } from "#lib/db/scores/pending.ts";
import { isOffered } from "#lib/lti/index.ts";
import { sendScores } from "../scores/sending/send-scores.ts";
import type { Kind } from "./kind.ts";

/** Sends the scores of one course that wait (AGS 2.0 §3.4). */
export const gradeSync: Kind = {
  name: "grade_sync",
  unit: { one: "score", many: "scores", estimatedFrom: 100 },
  target: {
    isOffered: (course) => isOffered(course, "grades"),
    notOffered: "the platform did not offer grades for this course",
    registration: null,
  },
  schedule: { due: coursesToSend, nothingDue: "no scores wait to be sent" },
  proof: "score.post",
  // A score that arrives late would overwrite a newer one.
  needsSilence: true,
  perform: sendScores,
  async takeUp(tx, { runId, profile }) {
    await requeueRejectedScores(tx, runId, profile.timestampStepMs);
  },
  additions: { isLeft: hasPendingScores },
};
