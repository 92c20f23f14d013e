-- Partial indexes, which the schema file cannot tell of: see COURSE_HEALTH in lib/db/course-health.ts.

-- The latest grade sync of each course, without a look at the run.
CREATE INDEX "run_grades_of_course_idx" ON "run"("course_id", "created_at" DESC) INCLUDE ("state")
  WHERE "kind" = 'grade_sync' AND "state" IN ('succeeded', 'partly_succeeded', 'failed');

-- The few runs that are not finished, among all that ever were.
CREATE INDEX "run_unfinished_of_course_idx" ON "run"("course_id")
  WHERE "state" IN ('queued', 'running', 'paused');
CREATE INDEX "run_unfinished_of_all_courses_idx" ON "run"("registration_id")
  WHERE "course_id" IS NULL AND "state" IN ('queued', 'running', 'paused');
