import type { Db } from "../client.ts";

export type OverviewCounts = {
  running: number;
  queued: number;
  registrations: number;
  courses: number;
  staleCourses: number;
  scoresPending: number;
  scoresRejected: number;
  scoresInConflict: number;
  lastSuccessAt: Date | null;
  hasDemo: boolean;
};

export async function overviewCounts(db: Db, staleAfterDays: number): Promise<OverviewCounts> {
  const { rows } = await db.query<OverviewCounts>(
    `SELECT
       (SELECT count(*)::int FROM run WHERE state = 'running') AS running,
       (SELECT count(*)::int FROM run WHERE state IN ('queued', 'paused', 'held')) AS queued,
       (SELECT count(*)::int FROM registration WHERE archived_at IS NULL) AS registrations,
       course.courses, course.stale AS "staleCourses",
       (SELECT count(*)::int FROM score WHERE state IN ('pending', 'sending')) AS "scoresPending",
       (SELECT count(*)::int FROM score WHERE state = 'rejected') AS "scoresRejected",
       (SELECT count(*)::int FROM score WHERE state = 'conflict') AS "scoresInConflict",
       (SELECT max(finished_at) FROM run WHERE state = 'succeeded') AS "lastSuccessAt",
       EXISTS (SELECT 1 FROM registration WHERE is_demo) AS "hasDemo"
       FROM (SELECT count(*)::int AS courses,
                    count(*) FILTER (
                      WHERE memberships_url IS NOT NULL
                        AND (roster_synced_at IS NULL
                             OR roster_synced_at < now() - make_interval(days => $1)))::int AS stale
               FROM course WHERE archived_at IS NULL) course`,
    [staleAfterDays],
  );
  return rows[0]!;
}

/** One cause that keeps courses of a registration from being well. */
export type Cause = {
  code: string;
  message: string;
  registrationId: string;
  registrationName: string;
  courses: number;
  runId: string;
  since: Date;
};

const MOST_CAUSES = 20;

/**
 * What failed last and has not succeeded since, grouped by registration and error: one entry
 * for one cause, not one for each course it meets.
 */
export async function openCauses(db: Db): Promise<Cause[]> {
  return db.prisma.$queryRaw<Cause[]>`
    SELECT failure.code, min(failure.message) AS message, r.id AS "registrationId",
           r.name AS "registrationName", count(DISTINCT c.id)::int AS courses,
           (max(failure.run_id::text))::uuid AS "runId", min(failure.since) AS since
      FROM course c
      JOIN registration r ON r.id = c.registration_id AND r.archived_at IS NULL
      CROSS JOIN LATERAL (
        SELECT coalesce(c.roster_error_code, 'unexpected') AS code,
               coalesce(c.roster_error_message, '') AS message, c.roster_run_id AS run_id,
               c.roster_ended_at AS since
         WHERE c.roster_state = 'failed'
        UNION ALL
        SELECT coalesce(c.grades_error_code, 'unexpected'), coalesce(c.grades_error_message, ''),
               c.grades_run_id, c.grades_ended_at
         WHERE c.grades_state IN ('failed', 'partly_succeeded')
           -- These are counted score by score: see openConflicts.
           AND c.grades_error_code IS DISTINCT FROM 'sync.changed_on_platform') failure
     WHERE c.archived_at IS NULL
       AND (c.roster_state = 'failed' OR c.grades_state IN ('failed', 'partly_succeeded'))
     GROUP BY r.id, r.name, failure.code
     ORDER BY courses DESC, since
     LIMIT ${MOST_CAUSES}`;
}

/** Scores that somebody changed on the platform, for each registration; `courseId` where it is one. */
export type ConflictGroup = {
  registrationId: string;
  registrationName: string;
  courses: number;
  courseId: string;
  scores: number;
  runId: string;
  since: Date;
};

export async function openConflicts(db: Db): Promise<ConflictGroup[]> {
  const { rows } = await db.query<ConflictGroup>(
    `SELECT r.id AS "registrationId", r.name AS "registrationName",
            count(DISTINCT c.id)::int AS courses, min(c.id::text)::uuid AS "courseId",
            count(*)::int AS scores, max(s.run_id::text)::uuid AS "runId",
            min(s.updated_at) AS since
       FROM score s
       JOIN line_item li ON li.id = s.line_item_id
       JOIN course c ON c.id = li.course_id AND c.archived_at IS NULL
       JOIN registration r ON r.id = c.registration_id AND r.archived_at IS NULL
      WHERE s.state = 'conflict' AND s.run_id IS NOT NULL
      GROUP BY r.id, r.name ORDER BY scores DESC LIMIT $1`,
    [MOST_CAUSES],
  );
  return rows;
}

export type Hour = {
  hour: Date;
  members: number;
  scores: number;
  failures: number;
  tokenRequests: number;
  tokenReuses: number;
};

// Written out in each part: by a time from a subquery, the planner expects a third of the table.
const FIRST_HOUR = "date_trunc('hour', now()) - interval '23 hours'";

/** The last 24 hours, oldest first, the present one included. */
export async function lastHours(db: Db): Promise<Hour[]> {
  const { rows } = await db.query<Hour>(
    `WITH hours AS (
       SELECT generate_series(${FIRST_HOUR}, date_trunc('hour', now()), interval '1 hour') AS hour)
     SELECT hours.hour, coalesce(rosters.members, 0)::int AS members,
            coalesce(batches.scores, 0)::int AS scores,
            (coalesce(rosters.failures, 0) + coalesce(batches.failures, 0))::int AS failures,
            coalesce(tokens.requests, 0)::int AS "tokenRequests",
            coalesce(runs.reuses, 0)::int AS "tokenReuses"
       FROM hours
       LEFT JOIN (SELECT date_trunc('hour', finished_at) AS hour, sum(members_seen) AS members,
                         count(*) FILTER (WHERE state = 'failed') AS failures
                    FROM run_course WHERE finished_at >= ${FIRST_HOUR} GROUP BY 1) rosters
         USING (hour)
       LEFT JOIN (SELECT date_trunc('hour', finished_at) AS hour, sum(sent) AS scores,
                         sum(rejected) AS failures
                    FROM run_batch WHERE finished_at >= ${FIRST_HOUR} GROUP BY 1) batches
         USING (hour)
       LEFT JOIN (SELECT date_trunc('hour', token_request.at) AS hour, count(*) AS requests
                    FROM token_request WHERE token_request.at >= ${FIRST_HOUR} GROUP BY 1) tokens
         USING (hour)
       LEFT JOIN (SELECT date_trunc('hour', created_at) AS hour,
                         sum(tokens_reused + greatest(endpoint_swaps - 1, 0)) AS reuses
                    FROM run WHERE created_at >= ${FIRST_HOUR} GROUP BY 1) runs
         USING (hour)
      ORDER BY hours.hour`,
  );
  return rows;
}
