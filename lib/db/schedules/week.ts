import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { andWithin, type Within } from "../lists/paging.ts";
import { runKind, runState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, text, timestamptz, uuid } from "../rows/types.ts";

const startedRow = row({
  at: timestamptz,
  count: int4,
  scheduleId: uuid,
  registrationId: uuid,
  registrationName: text,
  courseId: uuid.nullable,
  courseTitle: text.nullable,
  kind: runKind,
  state: runState,
  runId: uuid.nullable,
});

export type StartedRuns = RowOf<typeof startedRow>;

export type StartedQuery = {
  within?: Within;
  registrationId?: string;
  courseId?: string;
  from: Date;
  until: Date;
  limit: number;
};

/**
 * Runs that schedules started, those of one schedule, quarter of an hour and state together: in every
 * time zone an hour begins with such a quarter. Course and run are named where they are one.
 */
export async function runsOfSchedules(db: Db, query: StartedQuery): Promise<StartedRuns[]> {
  const { within, registrationId, courseId, from, until, limit } = query;
  return db.rows(
    startedRow,
    Prisma.sql`
    WITH started AS (
      SELECT date_bin('15 minutes', run.created_at, 'epoch') AS quarter,
             min(run.created_at) AS at, count(*)::int AS count, run.schedule_id,
             run.registration_id, run.kind, run.state,
             CASE WHEN count(DISTINCT run.course_id) = 1 AND count(run.course_id) = count(*)
                  THEN min(run.course_id::text)::uuid END AS course_id,
             CASE WHEN count(*) = 1 THEN min(run.id::text)::uuid END AS run_id
        FROM run
       WHERE run.schedule_id IS NOT NULL
         AND run.created_at >= ${from} AND run.created_at < ${until}
         ${andWithin(Prisma.sql`run.registration_id`, within)}
         ${registrationId ? Prisma.sql`AND run.registration_id = ${registrationId}::uuid` : Prisma.empty}
         ${courseId ? Prisma.sql`AND run.course_id = ${courseId}::uuid` : Prisma.empty}
       GROUP BY 1, run.schedule_id, run.registration_id, run.kind, run.state
       ORDER BY 2 LIMIT ${limit})
    SELECT started.at, started.count, started.schedule_id AS "scheduleId",
           started.registration_id AS "registrationId", registration.name AS "registrationName",
           started.course_id AS "courseId", course.title AS "courseTitle", started.kind,
           started.state, started.run_id AS "runId"
      FROM started
      JOIN registration ON registration.id = started.registration_id
      LEFT JOIN course ON course.id = started.course_id
     ORDER BY started.at, started.schedule_id, started.state`,
  );
}
