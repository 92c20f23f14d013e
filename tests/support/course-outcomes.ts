import { expect } from "vitest";
import type { Database, Db } from "#lib/db/client.ts";
import { ACTIVE_RUN_OF_EACH, ACTIVE_RUNS, COURSE_HEALTH } from "#lib/db/courses/health.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** One course's outcomes and the reason for its health. */
export type Outcome = {
  id: string;
  rosterRunId: string | null;
  rosterState: string | null;
  rosterErrorCode: string | null;
  rosterErrorMessage: string | null;
  rosterErrorDetail: unknown;
  rosterEndedAt: Date | null;
  gradesRunId: string | null;
  gradesState: string | null;
  gradesErrorCode: string | null;
  gradesErrorMessage: string | null;
  gradesFailed: number | null;
  gradesEndedAt: Date | null;
  reason: string | null;
};

/** What courses keep, and the health that is told from it. */
export async function keptOutcomes({ prisma }: Db): Promise<Outcome[]> {
  return prisma.$queryRaw<Outcome[]>(kept(ACTIVE_RUNS));
}

/** By either of the two joins that find the unfinished run. */
function kept(active: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT c.id, c.roster_run_id AS "rosterRunId", c.roster_state::text AS "rosterState",
           c.roster_error_code AS "rosterErrorCode", c.roster_error_message AS "rosterErrorMessage",
           c.roster_error_detail AS "rosterErrorDetail", c.roster_ended_at AS "rosterEndedAt",
           c.grades_run_id AS "gradesRunId", c.grades_state::text AS "gradesState",
           c.grades_error_code AS "gradesErrorCode", c.grades_error_message AS "gradesErrorMessage",
           c.grades_failed AS "gradesFailed", c.grades_ended_at AS "gradesEndedAt", health.reason
      FROM course c ${active} ${COURSE_HEALTH} ORDER BY c.id`;
}

/** The same from the runs themselves: the rule, in one query, that the kept outcomes stand for. */
export async function derivedOutcomes({ prisma }: Db): Promise<Outcome[]> {
  return prisma.$queryRaw<Outcome[]>(derived());
}

function derived(): Prisma.Sql {
  return Prisma.sql`
    SELECT c.id, roster.run_id AS "rosterRunId", roster.state AS "rosterState",
           CASE WHEN roster.state = 'failed' THEN roster.error_code END AS "rosterErrorCode",
           CASE WHEN roster.state = 'failed' THEN roster.error_message END AS "rosterErrorMessage",
           CASE WHEN roster.state = 'failed' THEN roster.error_detail END AS "rosterErrorDetail",
           roster.since AS "rosterEndedAt", grades.run_id AS "gradesRunId",
           grades.state::text AS "gradesState", grades.error_code AS "gradesErrorCode",
           grades.error_message AS "gradesErrorMessage", grades.failed AS "gradesFailed",
           grades.since AS "gradesEndedAt",
           CASE
             WHEN c.paused_at IS NOT NULL THEN 'paused'
             WHEN owner.paused_at IS NOT NULL THEN 'registration_paused'
             WHEN roster.state = 'failed' THEN 'roster_failed'
             WHEN roster.state = 'held' THEN 'roster_held'
             WHEN grades.state = 'failed' THEN 'grades_failed'
             WHEN active.not_before IS NOT NULL THEN 'retrying'
             WHEN grades.state = 'partly_succeeded'
                  AND (grades.error_code IS DISTINCT FROM 'sync.changed_on_platform' OR EXISTS (
                    SELECT FROM line_item JOIN score ON score.line_item_id = line_item.id
                     WHERE line_item.course_id = c.id AND score.state = 'conflict'))
               THEN 'grades_partly'
             WHEN proof.open > 0 THEN 'not_as_sent'
             WHEN c.roster_synced_at < now() - interval '3 days' THEN 'roster_stale'
             WHEN roster.state IS NOT NULL OR grades.state IS NOT NULL OR proof.at IS NOT NULL
               THEN 'healthy'
           END AS reason
      FROM course c
      JOIN registration owner ON owner.id = c.registration_id
      LEFT JOIN LATERAL (${LATEST_ROSTER}) roster ON true
      LEFT JOIN LATERAL (${LATEST_GRADES}) grades ON true
      LEFT JOIN LATERAL (${LATEST_UNFINISHED}) active ON true
      CROSS JOIN LATERAL (${PROOF}) proof
     ORDER BY c.id`;
}

/** What the last verification found otherwise than sent, and nobody left so. */
const PROOF = Prisma.sql`
  SELECT max(li.verified_at) AS at,
         count(s.id) FILTER (
           WHERE s.state IN ('sent', 'rejected') AND s.proof IN ('differs', 'missing', 'unreadable')
             AND s.proof_left_by IS NULL AND s.proof_cause IS DISTINCT FROM 'left_course') AS open
    FROM line_item li LEFT JOIN score s ON s.line_item_id = li.id
   WHERE li.course_id = c.id`;

const LATEST_ROSTER = Prisma.sql`
  SELECT CASE WHEN rc.state IN ('succeeded', 'held') THEN rc.state::text ELSE 'failed' END AS state,
         coalesce(rc.error_code, run.error_code) AS error_code,
         coalesce(rc.error_message, run.error_message) AS error_message,
         coalesce(rc.error_detail, run.error_detail) AS error_detail,
         rc.run_id, coalesce(rc.finished_at, run.finished_at, run.created_at) AS since
    FROM run_course rc JOIN run ON run.id = rc.run_id
   WHERE rc.course_id = c.id AND NOT run.is_preview AND run.applies_id IS NULL
     AND (rc.state IN ('succeeded', 'failed', 'held') OR run.state = 'failed')
   ORDER BY rc.run_id DESC LIMIT 1`;

const LATEST_GRADES = Prisma.sql`
  SELECT run.state, run.error_code, run.error_message, run.failed, run.id AS run_id,
         coalesce(run.finished_at, run.created_at) AS since
    FROM run
   WHERE run.course_id = c.id AND run.kind = 'grade_sync'
     AND run.state IN ('succeeded', 'partly_succeeded', 'failed')
   ORDER BY run.created_at DESC LIMIT 1`;

const LATEST_UNFINISHED = Prisma.sql`
  SELECT run.not_before FROM run
   WHERE run.state IN ('queued', 'running', 'paused') AND run.registration_id = c.registration_id
     AND (run.course_id = c.id OR run.course_id IS NULL AND EXISTS (
           SELECT FROM run_course part WHERE part.run_id = run.id AND part.course_id = c.id
              AND part.state IN ('pending', 'running')))
   ORDER BY run.created_at DESC LIMIT 1`;

/** Every course keeps what its runs came to, also while others are under way. */
export async function expectOutcomesKept({ prisma }: Database): Promise<void> {
  const [ofEach, ofAll, fromRuns] = await prisma.$transaction(
    [kept(ACTIVE_RUN_OF_EACH), kept(ACTIVE_RUNS), derived()].map((query) =>
      prisma.$queryRaw<Outcome[]>(query),
    ),
    { isolationLevel: "RepeatableRead" },
  );
  expect(ofAll).toEqual(fromRuns);
  expect(ofEach).toEqual(fromRuns);
}
