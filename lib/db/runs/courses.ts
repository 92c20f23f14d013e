import type { Db } from "../client.ts";
import type { Lease } from "./runs.ts";
import { KEEP_PART } from "../courses/outcomes.ts";
import { prepared } from "../rows/query.ts";
import { COURSE_PAUSED } from "../system/pauses.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, text, uuid } from "../rows/types.ts";

const rosterCourseRow = row({
  courseId: uuid,
  title: text,
  membershipsUrl: text.nullable,
  groupsUrl: text.nullable,
  groupSetsUrl: text.nullable,
  scopes: array(text),
});

export type RosterCourse = RowOf<typeof rosterCourseRow>;

/**
 * The courses of a roster run that are not finished, in order: first those it has not come to,
 * so that a few which get no answer keep it from none. Fixed when the run first starts.
 */
export async function pendingRunCourses(db: Db, runId: string): Promise<RosterCourse[]> {
  const rows = await db.rows(
    rosterCourseRow,
    `SELECT c.id AS "courseId", c.title, c.memberships_url AS "membershipsUrl",
            c.groups_url AS "groupsUrl", c.group_sets_url AS "groupSetsUrl", c.scopes
       FROM run_course rc JOIN course c ON c.id = rc.course_id
      WHERE rc.run_id = $1 AND rc.state IN ('pending', 'running')
      ORDER BY rc.started_at IS NOT NULL, rc.position`,
    [runId],
  );
  return rows;
}

/**
 * Writes down which courses the run is about: the one course, or those of the registration
 * (`onlyFailedOf`: those that failed in an earlier run). A paused course is left out of a run
 * over all, with the reason. Does nothing the second time.
 */
export async function planRunCourses(
  db: Db,
  lease: Lease,
  onlyFailedOf: string | null,
): Promise<void> {
  await db.execute(
    `INSERT INTO run_course (run_id, course_id, position, state, error_code, error_message,
                             finished_at)
     SELECT $1, c.id, (row_number() OVER (ORDER BY c.title, c.id))::int - 1,
            CASE WHEN skipped THEN 'skipped' ELSE 'pending' END::part_state,
            CASE WHEN skipped THEN $5 END, CASE WHEN skipped THEN $6 END,
            CASE WHEN skipped THEN now() END
       FROM course c CROSS JOIN LATERAL (
         SELECT $3::uuid IS NULL AND c.paused_at IS NOT NULL AS skipped) pause
      WHERE c.registration_id = $2 AND c.archived_at IS NULL
        AND CASE WHEN $3::uuid IS NULL THEN c.memberships_url IS NOT NULL ELSE c.id = $3 END
        AND ($4::uuid IS NULL OR c.id IN (
              SELECT course_id FROM run_course WHERE run_id = $4 AND state <> 'succeeded'))
     ON CONFLICT DO NOTHING`,
    [
      lease.runId,
      lease.registrationId,
      lease.courseId,
      onlyFailedOf,
      COURSE_PAUSED.code,
      COURSE_PAUSED.message,
    ],
  );
}

/** As `planRunCourses`, for a run that applies what a preview found. */
export async function planAppliedCourses(
  db: Db,
  lease: Lease,
  { previewId, onlyFailedOf }: { previewId: string; onlyFailedOf: string | null },
): Promise<void> {
  await db.execute(
    `INSERT INTO run_course (run_id, course_id, position)
     SELECT $1, course_id, position FROM run_course
      WHERE run_id = $2 AND state = 'succeeded'
        AND ($3::uuid IS NULL OR course_id IN (
              SELECT course_id FROM run_course WHERE run_id = $3 AND state <> 'succeeded'))
     ON CONFLICT DO NOTHING`,
    [lease.runId, previewId, onlyFailedOf],
  );
}

const countsRow = row({
  total: int4,
  succeeded: int4,
  failed: int4,
  held: int4,
  paused: int4,
});

/** `total` counts those the run is about; `paused` ones are beside it. */
export type RunCourseCounts = RowOf<typeof countsRow>;

export async function countRunCourses(db: Db, runId: string): Promise<RunCourseCounts> {
  const rows = await db.rows(
    countsRow,
    `SELECT count(*) FILTER (WHERE error_code IS DISTINCT FROM $2)::int AS total,
            count(*) FILTER (WHERE error_code = $2)::int AS paused,
            count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
            count(*) FILTER (WHERE state = 'failed')::int AS failed,
            count(*) FILTER (WHERE state = 'held')::int AS held
       FROM run_course WHERE run_id = $1`,
    [runId, COURSE_PAUSED.code],
  );
  return rows[0]!;
}

export type CourseEnd = {
  state: "succeeded" | "failed" | "skipped" | "held";
  removed?: number;
  /** Added to what its pages counted. */
  added?: number;
  changed?: number;
  errorCode?: string;
  errorMessage?: string;
  errorDetail?: Record<string, unknown>;
};

export async function finishRunCourse(
  db: Db,
  runId: string,
  courseId: string,
  end: CourseEnd,
): Promise<void> {
  await db.execute({
    ...FINISH,
    values: [
      runId,
      courseId,
      end.state,
      end.removed ?? 0,
      end.errorCode ?? null,
      end.errorMessage ?? null,
      end.errorDetail ? JSON.stringify(end.errorDetail) : null,
      end.added ?? 0,
      end.changed ?? 0,
    ],
  });
}

const FINISH = prepared(`
  WITH part AS (
     UPDATE run_course SET state = $3::part_state, members_removed = $4, error_code = $5,
            error_message = $6, error_detail = $7, members_added = members_added + $8,
            members_changed = members_changed + $9, finished_at = now(),
            members_after = CASE WHEN $3 IN ('succeeded', 'held') THEN (
              SELECT c.roster_member_count FROM course c WHERE c.id = $2) END
      WHERE run_id = $1 AND course_id = $2 RETURNING run_course.*
   ), unlocked AS (
     DELETE FROM roster_lock WHERE course_id = $2 AND run_id = $1
   ), ${KEEP_PART}
   SELECT FROM part`);
