import { Prisma } from "./generated/client.ts";

export type CourseHealthReason =
  | "paused"
  | "registration_paused"
  | "roster_failed"
  | "roster_held"
  | "grades_failed"
  | "retrying"
  | "grades_partly"
  | "roster_stale"
  | "healthy";

/** A roster older than this counts as stale. */
export const ROSTER_STALE_AFTER_DAYS = 3;

/**
 * For a query over `course c`: the latest roster part (`roster`), the latest grade sync
 * (`grades`), the unfinished run (`active`), and the reason for the course's health, which is
 * null while nothing ever ran (`health.reason`).
 *
 * Run IDs rise with time, so the highest one is the latest run. The conditions on `grades` and
 * `active` are those of partial indexes, word for word; each branch of `active` has its own.
 */
export const COURSE_HEALTH = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT CASE WHEN rc.state IN ('succeeded', 'held') THEN rc.state::text
                ELSE 'failed' END AS state,
           coalesce(rc.error_code, run.error_code) AS error_code,
           coalesce(rc.error_message, run.error_message) AS error_message,
           coalesce(rc.error_detail, run.error_detail) AS error_detail,
           rc.run_id, coalesce(rc.finished_at, run.finished_at, run.created_at) AS since
      FROM run_course rc JOIN run ON run.id = rc.run_id
     WHERE rc.course_id = c.id AND NOT run.is_preview AND run.applies_id IS NULL
       AND (rc.state IN ('succeeded', 'failed', 'held') OR run.state = 'failed')
     ORDER BY rc.run_id DESC LIMIT 1
  ) roster ON true
  LEFT JOIN LATERAL (
    SELECT run.state, run.error_code, run.error_message, run.failed, run.id AS run_id,
           coalesce(run.finished_at, run.created_at) AS since
      FROM run
     WHERE run.course_id = c.id AND run.kind = 'grade_sync'
       AND run.state IN ('succeeded', 'partly_succeeded', 'failed')
     ORDER BY run.created_at DESC LIMIT 1
  ) grades ON true
  LEFT JOIN LATERAL (
    SELECT unfinished.* FROM (
      SELECT run.id, run.attempt, run.not_before, run.wait_reason, run.created_at FROM run
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id = c.id
      UNION ALL
      SELECT run.id, run.attempt, run.not_before, run.wait_reason, run.created_at FROM run
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id IS NULL
         AND run.registration_id = c.registration_id
         AND EXISTS (SELECT 1 FROM run_course part WHERE part.run_id = run.id
                        AND part.course_id = c.id AND part.state IN ('pending', 'running'))
    ) unfinished ORDER BY unfinished.created_at DESC LIMIT 1
  ) active ON true
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN c.paused_at IS NOT NULL THEN 'paused'
      WHEN EXISTS (SELECT 1 FROM registration owner
                    WHERE owner.id = c.registration_id AND owner.paused_at IS NOT NULL)
        THEN 'registration_paused'
      WHEN roster.state = 'failed' THEN 'roster_failed'
      WHEN roster.state = 'held' THEN 'roster_held'
      WHEN grades.state = 'failed' THEN 'grades_failed'
      WHEN active.not_before IS NOT NULL THEN 'retrying'
      WHEN grades.state = 'partly_succeeded'
           AND (grades.error_code IS DISTINCT FROM 'sync.changed_on_platform'
                OR EXISTS (SELECT 1 FROM line_item JOIN score ON score.line_item_id = line_item.id
                            WHERE line_item.course_id = c.id AND score.state = 'conflict'))
        THEN 'grades_partly'
      WHEN c.roster_synced_at < now() - make_interval(days => ${ROSTER_STALE_AFTER_DAYS}::int)
        THEN 'roster_stale'
      WHEN roster.state IS NOT NULL OR grades.state IS NOT NULL THEN 'healthy'
    END AS reason
  ) health`;

/** The word for a reason, over the joins of `COURSE_HEALTH`. */
export const HEALTH_OF_REASON = Prisma.sql`
  CASE WHEN health.reason IS NULL THEN 'unknown'
       WHEN health.reason IN ('paused', 'registration_paused') THEN 'paused'
       WHEN health.reason IN ('roster_failed', 'roster_held', 'grades_failed') THEN 'degraded'
       WHEN health.reason = 'healthy' THEN 'healthy'
       ELSE 'warning' END`;
