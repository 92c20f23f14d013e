-- AlterTable
ALTER TABLE "course" ADD COLUMN     "grades_ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "grades_error_code" TEXT,
ADD COLUMN     "grades_error_message" TEXT,
ADD COLUMN     "grades_failed" INTEGER,
ADD COLUMN     "grades_run_id" UUID,
ADD COLUMN     "grades_state" "run_state",
ADD COLUMN     "roster_ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "roster_error_code" TEXT,
ADD COLUMN     "roster_error_detail" JSONB,
ADD COLUMN     "roster_error_message" TEXT,
ADD COLUMN     "roster_run_id" UUID,
ADD COLUMN     "roster_state" "part_state";

-- CreateIndex
CREATE INDEX "line_item_url_idx" ON "line_item" USING HASH ("url");

-- Derives the outcomes that courses keep from their runs, as lib/db/course-outcomes.ts writes them
-- while runs end. The courses are locked first, so that what ends meanwhile is seen or comes after.
CREATE FUNCTION "derive_course_outcomes"("ids" UUID[]) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM course WHERE id = ANY (ids) ORDER BY id FOR NO KEY UPDATE;
  UPDATE course SET
         roster_run_id = latest.roster_run_id, roster_state = latest.roster_state,
         roster_error_code = latest.roster_error_code,
         roster_error_message = latest.roster_error_message,
         roster_error_detail = latest.roster_error_detail, roster_ended_at = latest.roster_ended_at,
         grades_run_id = latest.grades_run_id, grades_state = latest.grades_state,
         grades_error_code = latest.grades_error_code,
         grades_error_message = latest.grades_error_message,
         grades_failed = latest.grades_failed, grades_ended_at = latest.grades_ended_at
    FROM (
      SELECT c.id, roster.run_id AS roster_run_id, roster.state AS roster_state,
             CASE WHEN roster.state = 'failed' THEN roster.error_code END AS roster_error_code,
             CASE WHEN roster.state = 'failed' THEN roster.error_message END
               AS roster_error_message,
             CASE WHEN roster.state = 'failed' THEN roster.error_detail END AS roster_error_detail,
             roster.ended_at AS roster_ended_at, grades.id AS grades_run_id,
             grades.state AS grades_state, grades.error_code AS grades_error_code,
             grades.error_message AS grades_error_message, grades.failed AS grades_failed,
             grades.ended_at AS grades_ended_at
        FROM course c
        LEFT JOIN LATERAL (
          SELECT rc.run_id, CASE WHEN rc.state IN ('succeeded', 'held') THEN rc.state
                                 ELSE 'failed' END AS state,
                 coalesce(rc.error_code, run.error_code) AS error_code,
                 coalesce(rc.error_message, run.error_message) AS error_message,
                 coalesce(rc.error_detail, run.error_detail) AS error_detail,
                 coalesce(rc.finished_at, run.finished_at, run.created_at) AS ended_at
            FROM run_course rc JOIN run ON run.id = rc.run_id
           WHERE rc.course_id = c.id AND NOT run.is_preview AND run.applies_id IS NULL
             AND (rc.state IN ('succeeded', 'failed', 'held') OR run.state = 'failed')
           ORDER BY rc.run_id DESC LIMIT 1
        ) roster ON true
        LEFT JOIN LATERAL (
          SELECT run.id, run.state, run.error_code, run.error_message, run.failed,
                 coalesce(run.finished_at, run.created_at) AS ended_at
            FROM run
           WHERE run.course_id = c.id AND run.kind = 'grade_sync'
             AND run.state IN ('succeeded', 'partly_succeeded', 'failed')
           ORDER BY run.created_at DESC LIMIT 1
        ) grades ON true
       WHERE c.id = ANY (ids)
    ) latest
   WHERE course.id = latest.id;
END $$;

-- A run that is deleted takes the outcomes with it that were its own. Courses are found by their
-- keys, one by one (OFFSET keeps that plan): one run of many is deleted as often as many at once.
CREATE FUNCTION "forget_outcomes_of_deleted_runs"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  ids UUID[];
BEGIN
  ids := ARRAY (
    SELECT met.id FROM gone CROSS JOIN LATERAL (
      SELECT id FROM course
       WHERE course.id = gone.course_id AND gone.id IN (roster_run_id, grades_run_id)
      OFFSET 0) met
    UNION
    SELECT met.id FROM gone CROSS JOIN LATERAL (
      SELECT id FROM course
       WHERE gone.course_id IS NULL AND course.registration_id = gone.registration_id
         AND roster_run_id = gone.id
      OFFSET 0) met);
  IF cardinality(ids) > 0 THEN PERFORM derive_course_outcomes(ids); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "run_deleted" AFTER DELETE ON "run" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "forget_outcomes_of_deleted_runs"();

SELECT "derive_course_outcomes"(ARRAY (SELECT "id" FROM "course"));

-- Partial indexes for the overview, which the schema file cannot tell of: what waits or went wrong
-- among all scores, and the latest success among all runs.
CREATE INDEX "score_unsent_idx" ON "score"("state", "line_item_id") WHERE "state" <> 'sent';
CREATE INDEX "run_succeeded_idx" ON "run"("finished_at") WHERE "state" = 'succeeded';
