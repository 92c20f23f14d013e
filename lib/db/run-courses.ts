import type pg from "pg";
import type { Db } from "./client.ts";
import type { Lease } from "./runs.ts";
import { LeaseLost } from "./errors.ts";

export type RosterCourse = {
  courseId: string;
  title: string;
  membershipsUrl: string | null;
  scopes: string[];
};

/** The courses of a roster run that are not finished, in order. Fixed when the run first starts. */
export async function pendingRunCourses(db: Db, runId: string): Promise<RosterCourse[]> {
  const { rows } = await db.pool.query<RosterCourse>(
    `SELECT c.id AS "courseId", c.title, c.memberships_url AS "membershipsUrl", c.scopes
       FROM run_course rc JOIN course c ON c.id = rc.course_id
      WHERE rc.run_id = $1 AND rc.state IN ('pending', 'running')
      ORDER BY rc.position`,
    [runId],
  );
  return rows;
}

/**
 * Writes down which courses the run is about: the one course, or those of the registration
 * (`onlyFailedOf`: those that failed in an earlier run). Does nothing the second time.
 */
export async function planRunCourses(
  db: Db,
  lease: Lease,
  onlyFailedOf: string | null,
): Promise<void> {
  await db.pool.query(
    `INSERT INTO run_course (run_id, course_id, position)
     SELECT $1, c.id, (row_number() OVER (ORDER BY c.title, c.id))::int - 1
       FROM course c
      WHERE c.registration_id = $2 AND c.archived_at IS NULL
        AND CASE WHEN $3::uuid IS NULL THEN c.memberships_url IS NOT NULL ELSE c.id = $3 END
        AND ($4::uuid IS NULL OR c.id IN (
              SELECT course_id FROM run_course WHERE run_id = $4 AND state <> 'succeeded'))
     ON CONFLICT DO NOTHING`,
    [lease.runId, lease.registrationId, lease.courseId, onlyFailedOf],
  );
}

export async function countRunCourses(
  db: Db,
  runId: string,
): Promise<{ total: number; succeeded: number; failed: number }> {
  const { rows } = await db.pool.query<{ total: number; succeeded: number; failed: number }>(
    `SELECT count(*)::int AS total,
            count(*) FILTER (WHERE state = 'succeeded')::int AS succeeded,
            count(*) FILTER (WHERE state = 'failed')::int AS failed
       FROM run_course WHERE run_id = $1`,
    [runId],
  );
  return rows[0]!;
}

/**
 * Begins the walk over one course's roster. An earlier walk that was cut short is taken
 * back from the run's count of members seen. Returns the database's time of the start.
 */
export async function startRunCourse(db: Db, lease: Lease, courseId: string): Promise<Date> {
  const { rows } = await db.pool.query<{ startedAt: Date }>(
    `WITH before AS (
       SELECT members_seen FROM run_course WHERE run_id = $1 AND course_id = $2 FOR UPDATE
     ), held AS (
       UPDATE run SET members_seen = run.members_seen - before.members_seen
         FROM before WHERE run.id = $1 AND run.lease = $3 AND run.state = 'running' RETURNING run.id
     )
     UPDATE run_course SET state = 'running', pages = 0, members_seen = 0, quarantined = '[]',
            started_at = coalesce(started_at, now())
       FROM held WHERE run_course.run_id = held.id AND course_id = $2
      RETURNING clock_timestamp() AS "startedAt"`,
    [lease.runId, courseId, lease.lease],
  );
  if (!rows[0]) throw new LeaseLost(lease.runId, lease.lease);
  return rows[0].startedAt;
}

export type CoursePageCounts = { seen: number; added: number; changed: number };

export async function countCoursePage(
  queryable: Pick<pg.ClientBase, "query">,
  runId: string,
  courseId: string,
  counts: CoursePageCounts,
  quarantined: { page: number; userId: string | null; reason: string }[],
): Promise<void> {
  await queryable.query(
    `UPDATE run_course SET pages = pages + 1, members_seen = members_seen + $3,
            members_added = members_added + $4, members_changed = members_changed + $5,
            quarantined = quarantined || $6::jsonb
      WHERE run_id = $1 AND course_id = $2`,
    [runId, courseId, counts.seen, counts.added, counts.changed, JSON.stringify(quarantined)],
  );
}

export type CourseEnd = {
  state: "succeeded" | "failed" | "skipped";
  removed?: number;
  errorCode?: string;
  errorMessage?: string;
  errorDetail?: Record<string, unknown>;
};

export async function finishRunCourse(
  queryable: Pick<pg.ClientBase, "query">,
  runId: string,
  courseId: string,
  end: CourseEnd,
): Promise<void> {
  await queryable.query(
    `UPDATE run_course SET state = $3::part_state, members_removed = $4, error_code = $5,
            error_message = $6, error_detail = $7, finished_at = now()
      WHERE run_id = $1 AND course_id = $2`,
    [
      runId,
      courseId,
      end.state,
      end.removed ?? 0,
      end.errorCode ?? null,
      end.errorMessage ?? null,
      end.errorDetail ? JSON.stringify(end.errorDetail) : null,
    ],
  );
}

/** Courses that a run will not get to any more. */
export async function skipRemainingCourses(db: Db, lease: Lease): Promise<void> {
  await db.pool.query(
    `UPDATE run_course SET state = 'skipped', finished_at = now()
       FROM run WHERE run.id = $1 AND run.lease = $2 AND run_id = run.id
        AND run_course.state IN ('pending', 'running')`,
    [lease.runId, lease.lease],
  );
}
