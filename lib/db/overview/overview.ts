import type { Db } from "../client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, text, timestamptz, uuid } from "../rows/types.ts";
import { Prisma } from "../generated/client.ts";
import { offers } from "../courses/addresses.ts";
import { andWithin, type Within } from "../lists/paging.ts";

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

export async function overviewCounts(
  db: Db,
  staleAfterDays: number,
  within: Within,
): Promise<OverviewCounts> {
  const ofRuns = andWithin(Prisma.sql`registration_id`, within);
  const ofRegistrations = andWithin(Prisma.sql`id`, within);
  const ofCourses = andWithin(Prisma.sql`c.registration_id`, within);
  const rows = await db.rows(
    countsRow,
    Prisma.sql`
     SELECT
       (SELECT count(*)::int FROM run WHERE state = 'running' ${ofRuns}) AS running,
       (SELECT count(*)::int FROM run WHERE state IN ('queued', 'paused', 'held') ${ofRuns})
         AS queued,
       (SELECT count(*)::int FROM registration WHERE archived_at IS NULL ${ofRegistrations})
         AS registrations,
       course.courses, course.stale AS "staleCourses", proof.total AS "proofTotal",
       proof.same AS "proofSame", proof.open AS "proofOpen",
       proof.not_ours AS "proofForeign", course.proved_at AS "provedAt",
       ${scoresIn(Prisma.sql`('pending', 'sending')`, within)} AS "scoresPending",
       ${scoresIn(Prisma.sql`('rejected')`, within)} AS "scoresRejected",
       ${scoresIn(Prisma.sql`('conflict')`, within)} AS "scoresInConflict",
       -- A roster that arrived counts before the run over all courses has ended, or is decided.
       greatest(course.synced_at, (SELECT max(finished_at) FROM run
         WHERE state IN ('succeeded', 'partly_succeeded') ${ofRuns})) AS "lastSuccessAt",
       EXISTS (SELECT 1 FROM registration WHERE is_demo ${ofRegistrations}) AS "hasDemo"
       FROM (SELECT count(*)::int AS courses, max(c.proved_at) AS proved_at,
                    max(c.roster_synced_at) AS synced_at,
                    -- As the list of courses has it: HAS_STALE_ROSTER in courses/courses.ts.
                    count(*) FILTER (
                      WHERE ${offers("memberships")}
                        AND coalesce(c.roster_synced_at, c.created_at)
                            < now() - make_interval(days => ${staleAfterDays}::int)
                        AND r.archived_at IS NULL AND r.state = 'active')::int AS stale
               FROM course c JOIN registration r ON r.id = c.registration_id
              WHERE c.archived_at IS NULL ${ofCourses}) course
       CROSS JOIN (
         SELECT coalesce(sum(p.total), 0)::int AS total, coalesce(sum(p.same), 0)::int AS same,
                coalesce(sum(p.open), 0)::int AS open,
                coalesce(sum(p.not_ours), 0)::int AS not_ours
           FROM proof_count p
           JOIN course c ON c.id = p.course_id AND c.archived_at IS NULL ${ofCourses}) proof`,
  );
  return rows[0]!;
}

/** How many scores are in these states; whose they are is only looked up where it matters. */
function scoresIn(states: Prisma.Sql, within: Within): Prisma.Sql {
  if (!within) return Prisma.sql`(SELECT count(*)::int FROM score WHERE state IN ${states})`;
  return Prisma.sql`
    (SELECT count(*)::int FROM score s
       JOIN line_item li ON li.id = s.line_item_id
       JOIN course c ON c.id = li.course_id ${andWithin(Prisma.sql`c.registration_id`, within)}
      WHERE s.state IN ${states})`;
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

/** So many causes are read, and so many registrations with conflicts. */
export const MOST_CAUSES = 20;

/**
 * What failed last and has not succeeded since, grouped by registration and error: one entry
 * for one cause, not one for each course it meets.
 */
export async function openCauses(db: Db, within: Within): Promise<Cause[]> {
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
       ${andWithin(Prisma.sql`r.id`, within)}
     GROUP BY r.id, r.name, failure.code
     ORDER BY courses DESC, since
     LIMIT ${MOST_CAUSES}`,
  );
}

/**
 * Verifications that failed and that none has succeeded after, grouped by registration and error.
 * No course keeps what its last one came to, so this looks at the runs of the last thirty days.
 */
export async function failedVerifications(db: Db, within: Within): Promise<Cause[]> {
  return db.rows(
    causeRow,
    Prisma.sql`
    SELECT coalesce(run.error_code, 'unexpected') AS code,
           coalesce(min(run.error_message), '') AS message, r.id AS "registrationId",
           r.name AS "registrationName", count(DISTINCT run.course_id)::int AS courses,
           (max(run.id::text))::uuid AS "runId", min(run.finished_at) AS since
      FROM run
      JOIN registration r ON r.id = run.registration_id AND r.archived_at IS NULL
      LEFT JOIN course c ON c.id = run.course_id
     WHERE run.kind = 'verify' AND run.state = 'failed' AND run.finished_at IS NOT NULL
       AND run.created_at > now() - interval '30 days' AND c.archived_at IS NULL
       AND NOT EXISTS (
         SELECT FROM run later
          WHERE later.registration_id = run.registration_id AND later.kind = 'verify'
            AND later.state IN ('succeeded', 'partly_succeeded')
            AND later.created_at > run.created_at
            AND (later.course_id = run.course_id OR later.course_id IS NULL))
       ${andWithin(Prisma.sql`r.id`, within)}
     GROUP BY r.id, r.name, 1
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

export async function openConflicts(db: Db, within: Within): Promise<ConflictGroup[]> {
  const rows = await db.rows(
    conflictRow,
    Prisma.sql`
     SELECT r.id AS "registrationId", r.name AS "registrationName",
            count(DISTINCT c.id)::int AS courses, min(c.id::text)::uuid AS "courseId",
            count(*)::int AS scores, max(s.run_id::text)::uuid AS "runId",
            min(s.updated_at) AS since
       FROM score s
       JOIN line_item li ON li.id = s.line_item_id
       JOIN course c ON c.id = li.course_id AND c.archived_at IS NULL
       JOIN registration r ON r.id = c.registration_id AND r.archived_at IS NULL
      WHERE s.state = 'conflict' AND s.run_id IS NOT NULL ${andWithin(Prisma.sql`r.id`, within)}
      GROUP BY r.id, r.name ORDER BY scores DESC LIMIT ${MOST_CAUSES}`,
  );
  return rows;
}
