import { offering } from "#lib/db/courses/addresses.ts";
import { coursesWithScores } from "#lib/db/proof/verify.ts";
import { isOffered } from "#lib/lti/index.ts";
import { verifyScores } from "../verify/verify-scores.ts";
import type { Kind } from "./kind.ts";

const NOT_OFFERED = "the platform did not offer grades for this course";

/** Reads back what the platform holds of the scores that were sent (AGS 2.0 §3.3). */
export const verify: Kind = {
  name: "verify",
  unit: { one: "score", many: "scores", estimatedFrom: 100 },
  target: {
    isOffered: (course) => isOffered(course, "grades"),
    notOffered: NOT_OFFERED,
    registration: {
      offered: offering("grades"),
      notOffered: "no course of this registration offers grades",
    },
  },
  schedule: { due: coursesWithScores, nothingDue: "nothing was sent that could be verified" },
  proof: "results.list",
  // It only reads.
  needsSilence: false,
  perform: verifyScores,
};
