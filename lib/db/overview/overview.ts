import type { Db } from "../client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, text, timestamptz, uuid } from "../rows/types.ts";
import { Prisma } from "../generated/client.ts";

const countsRow = row({
  running: int4,
  queued: int4,
  registrations: int4,
  courses: int4,
  staleCourses: int4,
  scoresPending: int4,
  scoresRejected: int4,
  scoresInConflict: int4,
  lastSuccessAt: timestamptz.nullable,
  hasDemo: bool,
  proofTotal: int4,
  proofSame: int4,
  proofOpen: int4,
  proofForeign: int4,
  provedAt: timestamptz.nullable,
});

export type OverviewCounts = RowOf<typeof countsRow>;

export async function overviewCounts(db: Db, staleAfterDays: number): Promise<OverviewCounts> {
  const rows = await db.rows(
    countsRow,
    `SELECT
       (SELECT count(*)::int FROM run WHERE state = 'running') AS running,
       (SELECT count(*)::int FROM run WHERE state IN ('queued', 'paused', 'held')) AS queued,
       (SELECT count(*)::int FROM registration WHERE archived_at IS NULL) AS registrations,
       course.courses, course.stale AS "staleCourses", proof.total AS "proofTotal",
       proof.same AS "proofSame", proof.open AS "proofOpen",
       proof.not_ours AS "proofForeign", course.proved_at AS "provedAt",
       (SELECT count(*)::int FROM score WHERE state IN ('pending', 'sending')) AS "scoresPending",
       (SELECT count(*)::int FROM score WHERE state = 'rejected') AS "scoresRejected",
       (SELECT count(*)::int FROM score WHERE state = 'conflict') AS "scoresInConflict",
       (SELECT max(finished_at) FROM run WHERE state IN ('succeeded', 'partly_succeeded'))
         AS "lastSuccessAt",
       EXISTS (SELECT 1 FROM registration WHERE is_demo) AS "hasDemo"
       FROM (SELECT count(*)::int AS courses, max(c.proved_at) AS proved_at,
                    -- As the list of courses has it: HAS_STALE_ROSTER in courses/courses.ts.
                    count(*) FILTER (
                      WHERE c.memberships_url IS NOT NULL
                        AND coalesce(c.roster_synced_at, c.created_at)
                            < now() - make_interval(days => $1)
                        AND r.archived_at IS NULL AND r.state = 'active')::int AS stale
               FROM course c JOIN registration r ON r.id = c.registration_id
              WHERE c.archived_at IS NULL) course
       CROSS JOIN (
         SELECT coalesce(sum(p.total), 0)::int AS total, coalesce(sum(p.same), 0)::int AS same,
                coalesce(sum(p.open), 0)::int AS open,
                coalesce(sum(p.not_ours), 0)::int AS not_ours
           FROM proof_count p JOIN course c ON c.id = p.course_id AND c.archived_at IS NULL) proof`,
    [staleAfterDays],
  );
  return rows[0]!;
}

const causeRow = row({
  code: text,
  message: text,
  registrationId: uuid,
  registrationName: text,
  courses: int4,
  runId: uuid,
  since: timestamptz,
});

/** One cause that keeps courses of a registration from being well. */
export type Cause = RowOf<typeof causeRow>;

const MOST_CAUSES = 20;

/**
 * What failed last and has not succeeded since, grouped by registration and error: one entry
 * for one cause, not one for each course it meets.
 */
export async function openCauses(db: Db): Promise<Cause[]> {
  return db.rows(
    causeRow,
    Prisma.sql`
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
     LIMIT ${MOST_CAUSES}`,
  );
}

const conflictRow = row({
  registrationId: uuid,
  registrationName: text,
  courses: int4,
  courseId: uuid,
  scores: int4,
  runId: uuid,
  since: timestamptz,
});

/** Scores that somebody changed on the platform, for each registration; `courseId` where it is one. */
export type ConflictGroup = RowOf<typeof conflictRow>;

export async function openConflicts(db: Db): Promise<ConflictGroup[]> {
  const rows = await db.rows(
    conflictRow,
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
