import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { partState } from "../rows/enums.ts";
import { firstOf } from "./hours.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, timestamptz, uuid } from "../rows/types.ts";

const syncRow = row({
  runId: uuid,
  at: timestamptz,
  state: partState,
  added: int4,
  removed: int4,
  /** Present afterwards; null of a sync that did not get to the end, or is from before it was kept. */
  members: int4.nullable,
});

export type SyncRow = RowOf<typeof syncRow>;

/** The roster syncs of a course that ended since, latest first. Previews change nothing. */
export function rosterSyncs(
  db: Db,
  courseId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<SyncRow[]> {
  return db.rows(
    syncRow,
    Prisma.sql`
    SELECT rc.run_id AS "runId", rc.finished_at AS at, rc.state, rc.members_added AS added,
           rc.members_removed AS removed, rc.members_after AS members
      FROM run_course rc JOIN run ON run.id = rc.run_id
     WHERE rc.course_id = ${courseId}::uuid AND rc.finished_at >= ${since} AND NOT run.is_preview
       AND rc.state IN ('succeeded', 'held', 'failed')
     ORDER BY rc.run_id DESC LIMIT ${limit}`,
  );
}

const scoreDayRow = row({ day: timestamptz, sent: int4, rejected: int4 });

export type ScoreDayRow = RowOf<typeof scoreDayRow>;

/** Runs of a course that are looked at, the latest first. */
const MOST_RUNS = 5_000;

/** Scores by the day in UTC on which their run ended, oldest first; the last is under way. */
export function scoreDays(db: Db, courseId: string, days: number): Promise<ScoreDayRow[]> {
  const first = firstOf(days);
  return db.rows(
    scoreDayRow,
    Prisma.sql`
    WITH latest AS (
      SELECT kind, finished_at, done, failed FROM run
       WHERE course_id = ${courseId}::uuid AND created_at >= ${first}
       ORDER BY created_at DESC, id DESC LIMIT ${MOST_RUNS})
    SELECT d.day, coalesce(r.sent, 0)::int AS sent, coalesce(r.rejected, 0)::int AS rejected
      FROM generate_series(${first}, now(), interval '24 hours') AS d (day)
      LEFT JOIN (
        SELECT date_trunc('day', finished_at, 'UTC') AS day, sum(done) AS sent,
               sum(failed) AS rejected
          FROM latest WHERE kind = 'grade_sync' GROUP BY 1) r USING (day)
     ORDER BY d.day`,
  );
}
