import { offering } from "#lib/db/courses/addresses.ts";
import { isOffered } from "#lib/lti/index.ts";
import { syncRosters } from "../rosters/sync-rosters.ts";
import type { Kind } from "./kind.ts";

const NOT_OFFERED = "the platform did not offer memberships for this course";

/** Reads the roster of one course, or of all courses of a registration (NRPS 2.0 §2). */
export const rosterSync: Kind = {
  name: "roster_sync",
  unit: { one: "course", many: "courses", estimatedFrom: 2 },
  target: {
    isOffered: (course) => isOffered(course, "memberships"),
    notOffered: NOT_OFFERED,
    registration: {
      offered: offering("memberships"),
      notOffered: "no course of this registration has a memberships URL",
    },
  },
  schedule: {
    due: async (_tx, { course, courseId }) =>
      course === null || course.membershipsUrl ? [courseId] : [],
    nothingDue: NOT_OFFERED,
  },
  proof: "memberships.list",
  // It only reads: whatever its former worker still asks changes nothing on the platform.
  needsSilence: false,
  // A retry names the run whose unfinished courses it goes through: `planRunCourses`.
  perform: syncRosters,
};
