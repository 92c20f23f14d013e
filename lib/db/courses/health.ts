import { Prisma } from "../generated/client.ts";
import { PROOF_OF_COURSE } from "../proof/counts.ts";

export const HEALTH_REASONS = [
  "paused",
  "registration_paused",
  "roster_failed",
  "roster_held",
  "grades_failed",
  "retrying",
  "grades_partly",
  "not_as_sent",
  "roster_stale",
  "healthy",
] as const;

export type CourseHealthReason = (typeof HEALTH_REASONS)[number];

/** A roster older than this counts as stale. */
export const ROSTER_STALE_AFTER_DAYS = 3;

/**
 * For a query over a few `course c`: their latest unfinished run (`active`) by indexes. The
 * conditions are those of partial indexes, word for word; each branch has its own.
 */
export const ACTIVE_RUN_OF_EACH = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT unfinished.* FROM (
      SELECT run.id, run.not_before, run.wait_reason, run.created_at FROM run
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id = c.id
      UNION ALL
      SELECT run.id, run.not_before, run.wait_reason, run.created_at FROM run
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id IS NULL
         AND run.registration_id = c.registration_id
         AND EXISTS (SELECT 1 FROM run_course part WHERE part.run_id = run.id
                        AND part.course_id = c.id AND part.state IN ('pending', 'running'))
    ) unfinished ORDER BY unfinished.created_at DESC LIMIT 1
  ) active ON true`;

/** The same for a query over many: the unfinished runs are read once for all of them. */
export const ACTIVE_RUNS = Prisma.sql`
  LEFT JOIN (
    SELECT DISTINCT ON (unfinished.course_id) unfinished.* FROM (
      SELECT run.course_id, run.id, run.not_before, run.wait_reason, run.created_at FROM run
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id IS NOT NULL
      UNION ALL
      SELECT part.course_id, run.id, run.not_before, run.wait_reason, run.created_at
        FROM run JOIN run_course part ON part.run_id = run.id
       WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id IS NULL
         AND part.state IN ('pending', 'running')
    ) unfinished ORDER BY unfinished.course_id, unfinished.created_at DESC
  ) active ON active.course_id = c.id`;

/**
 * The reason for the health of a `course c` with its `active` run, which is null while nothing
 * ever ran (`health.reason`): by the outcomes kept on its row, by what is proven (`proof`), and by
 * what changes with time.
 */
export const COURSE_HEALTH = Prisma.sql`
  JOIN registration health_owner ON health_owner.id = c.registration_id
  ${PROOF_OF_COURSE}
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN c.paused_at IS NOT NULL THEN 'paused'
      WHEN health_owner.paused_at IS NOT NULL THEN 'registration_paused'
      WHEN c.roster_state = 'failed' THEN 'roster_failed'
      WHEN c.roster_state = 'held' THEN 'roster_held'
      WHEN c.grades_state = 'failed' THEN 'grades_failed'
      WHEN active.not_before IS NOT NULL THEN 'retrying'
      WHEN c.grades_state = 'partly_succeeded'
           AND (c.grades_error_code IS DISTINCT FROM 'sync.changed_on_platform'
                OR EXISTS (SELECT 1 FROM line_item JOIN score ON score.line_item_id = line_item.id
                            WHERE line_item.course_id = c.id AND score.state = 'conflict'))
        THEN 'grades_partly'
      WHEN proof.open > 0 THEN 'not_as_sent'
      WHEN c.roster_synced_at < now() - make_interval(days => ${ROSTER_STALE_AFTER_DAYS}::int)
        THEN 'roster_stale'
      WHEN c.roster_state IS NOT NULL OR c.grades_state IS NOT NULL OR c.proved_at IS NOT NULL
        THEN 'healthy'
    END AS reason
  ) health`;

export const HEALTHS = ["unknown", "healthy", "warning", "degraded", "paused"] as const;

export type CourseHealth = (typeof HEALTHS)[number];

/** Which reasons a word stands for; none at all is `unknown`. */
const REASONS_OF: Record<Exclude<CourseHealth, "unknown">, CourseHealthReason[]> = {
  paused: ["paused", "registration_paused"],
  degraded: ["roster_failed", "roster_held", "grades_failed"],
  warning: ["retrying", "grades_partly", "not_as_sent", "roster_stale"],
  healthy: ["healthy"],
};

/** Whether a reason is one of those the word stands for. */
export function hasHealth(health: CourseHealth, reason = Prisma.sql`health.reason`): Prisma.Sql {
  if (health === "unknown") return Prisma.sql`${reason} IS NULL`;
  return Prisma.sql`${reason} IN (${Prisma.join(REASONS_OF[health])})`;
}

/** The word for a reason, over the joins of `COURSE_HEALTH`. */
export const HEALTH_OF_REASON = Prisma.sql`
  CASE WHEN ${hasHealth("unknown")} THEN 'unknown' WHEN ${hasHealth("paused")} THEN 'paused'
       WHEN ${hasHealth("degraded")} THEN 'degraded' WHEN ${hasHealth("healthy")} THEN 'healthy'
       ELSE 'warning' END`;
