/*
 * What the latest roster sync and the latest grade sync of a course came to, kept on its row, so
 * that the health of ten thousand courses is read without a look at their runs. Run IDs rise with
 * time: a run that ends after a later one leaves the later one's outcome alone.
 *
 * These are parts of the statements that end runs. What they keep must be what
 * `derive_course_outcomes` in the migrations derives from the runs; a deleted run takes its
 * outcomes with it by a trigger there.
 */

/**
 * After `part`, the row of `run_course` that came to an end. Previews tell nothing of a course,
 * nor does a run that applies one: the platform was not asked.
 */
export const KEEP_PART = `
  kept AS (
    UPDATE course c SET roster_run_id = part.run_id, roster_state = part.state,
           roster_error_code = part.error_code, roster_error_message = part.error_message,
           roster_error_detail = part.error_detail, roster_ended_at = part.finished_at
      FROM part JOIN run ON run.id = part.run_id
     WHERE c.id = part.course_id AND part.state IN ('succeeded', 'failed', 'held')
       AND NOT run.is_preview AND run.applies_id IS NULL
       AND (c.roster_run_id IS NULL OR c.roster_run_id <= part.run_id))`;

/**
 * After `moved`, the rows of runs that a move has ended. A roster sync that failed has failed in
 * each course that it did not get to the end of.
 */
export const KEEP_RUN = `
  -- Locked in one order, so that two runs over the same courses never wait for each other; and
  -- in one step, because two such lists would be joined each with each.
  unread AS (
    SELECT c.id AS course_id, moved.id AS run_id,
           coalesce(part.error_code, moved.error_code) AS error_code,
           coalesce(part.error_message, moved.error_message) AS error_message,
           coalesce(part.error_detail, moved.error_detail) AS error_detail,
           coalesce(part.finished_at, moved.finished_at) AS ended_at
      FROM moved JOIN run_course part ON part.run_id = moved.id
      JOIN course c ON c.id = part.course_id
     WHERE moved.state = 'failed' AND NOT moved.is_preview AND moved.applies_id IS NULL
       AND part.state NOT IN ('succeeded', 'failed', 'held')
     ORDER BY c.id FOR NO KEY UPDATE OF c),
  kept_roster AS (
    UPDATE course c SET roster_run_id = unread.run_id, roster_state = 'failed',
           roster_error_code = unread.error_code, roster_error_message = unread.error_message,
           roster_error_detail = unread.error_detail, roster_ended_at = unread.ended_at
      FROM unread
     WHERE c.id = unread.course_id
       AND (c.roster_run_id IS NULL OR c.roster_run_id <= unread.run_id)),
  kept_grades AS (
    UPDATE course c SET grades_run_id = moved.id, grades_state = moved.state,
           grades_error_code = moved.error_code, grades_error_message = moved.error_message,
           grades_failed = moved.failed, grades_ended_at = moved.finished_at
      FROM moved
     WHERE c.id = moved.course_id AND moved.kind = 'grade_sync'
       AND moved.state IN ('succeeded', 'partly_succeeded', 'failed')
       AND (c.grades_run_id IS NULL OR c.grades_run_id <= moved.id))`;
