import type { CourseStart } from "#lib/db/runs/course-start.ts";
import type { RosterCourse } from "#lib/db/runs/courses.ts";
import type { PlatformProfile } from "#lib/platforms/profile.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";

/** One run's work on one course's roster. */
export type CourseReading = {
  handle: RunHandle;
  connection: Connection;
  course: RosterCourse;
  profile: PlatformProfile;
  start: CourseStart;
};

/** The run and course that changes and holds are stored under. */
export function placeOf({ handle, course }: Pick<CourseReading, "handle" | "course">) {
  const { runId, registrationId } = handle.run;
  return { runId, courseId: course.courseId, registrationId };
}
