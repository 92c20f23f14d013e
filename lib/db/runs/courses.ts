import type { Db } from "../client.ts";
import type { TokenCase } from "../generated/enums.ts";
import type { Lease } from "./runs.ts";
import { KEEP_PART } from "../courses/outcomes.ts";
import { LeaseLost } from "../errors.ts";
import { COURSE_PAUSED } from "../system/pauses.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, bool, int4, text, timestamptz, uuid } from "../rows/types.ts";

const rosterCourseRow = row({
  courseId: uuid,
  title: text,
  membershipsUrl: text.nullable,
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
    `SELECT c.id AS "courseId", c.title, c.memberships_url AS "membershipsUrl", c.scopes
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

const startRow = row({
  /** The database's time. */
  startedAt: timestamptz,
  /** Members present as it began. */
  membersBefore: int4,
  /** Of these, whom an earlier roster did not list and somebody has yet to decide about, or kept. */
  missingBefore: int4,
  /** When the roster was last known to its end; null before the first time. */
  rosterSyncedAt: timestamptz.nullable,
  rosterWalkedAt: timestamptz.nullable,
  differencesRead: int4,
  differencesUrl: text.nullable,
  dropsAllowedUntil: timestamptz.nullable,
  /** Removals of an earlier run wait for a person. */
  hasOpenHold: bool,
});

/** What a sync of one course starts from. */
export type CourseStart = RowOf<typeof startRow>;

/**
 * Why a reading was not begun: the course was paused since the run began, and so was taken out of it;
 * or another run is at its roster.
 */
export type NotStarted = "paused" | "taken";

/**
 * Begins reading one course's roster. An earlier reading that was cut short is taken back
 * from the run's counts: all of it for a preview, the members seen for a sync, which keeps
 * what it wrote.
 *
 * No other run begins one over the same course until this one has ended its part of it.
 *
 * @throws LeaseLost  another worker has the run; nothing was written
 */
export async function startRunCourse(
  db: Db,
  lease: Lease,
  courseId: string,
  told: { phase?: string; endpointSwaps?: number; tokenCase?: TokenCase } = {},
): Promise<CourseStart | NotStarted> {
  const rows = await db.rows(
    startRow,
    `WITH leased AS (
       SELECT id, is_preview FROM run WHERE id = $1 AND lease = $3 AND state = 'running'
          FOR NO KEY UPDATE
     ), before AS (
       SELECT rc.*, CASE WHEN leased.is_preview THEN 1 ELSE 0 END AS is_undone
         FROM run_course rc JOIN leased ON leased.id = rc.run_id
        WHERE rc.course_id = $2 AND rc.state IN ('pending', 'running')
          FOR UPDATE OF rc
     ), walk AS (
       INSERT INTO roster_walk (course_id, run_id, lease)
       SELECT course_id, run_id, $3 FROM before
       ON CONFLICT (course_id) DO UPDATE SET lease = excluded.lease
        WHERE roster_walk.run_id = excluded.run_id
       RETURNING course_id
     ), held AS (
       UPDATE run SET phase = coalesce($4::text, phase),
              endpoint_swaps = greatest($5::int, endpoint_swaps),
              token_case = coalesce($6::token_case, token_case),
              members_seen = run.members_seen - before.members_seen,
              members_added = run.members_added - is_undone * before.members_added,
              members_changed = run.members_changed - is_undone * before.members_changed
         FROM before JOIN walk USING (course_id) WHERE run.id = before.run_id
        RETURNING run.id, 1 - is_undone AS is_kept
     ), undone AS (
       DELETE FROM roster_change
        WHERE run_id = (SELECT id FROM held) AND course_id = $2 AND state = 'previewed'
     )
     UPDATE run_course rc SET state = 'running', pages = 0, members_seen = 0, quarantined = '[]',
            members_added = is_kept * rc.members_added,
            members_changed = is_kept * rc.members_changed,
            started_at = coalesce(rc.started_at, now())
       FROM held, course c
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS present, count(m.last_seen_at)::int AS missing
           FROM membership m WHERE m.course_id = c.id AND m.removed_at IS NULL) members
      WHERE rc.run_id = held.id AND rc.course_id = $2 AND c.id = $2
      RETURNING clock_timestamp() AS "startedAt",
             members.present AS "membersBefore", members.missing AS "missingBefore",
             c.roster_synced_at AS "rosterSyncedAt", c.roster_walked_at AS "rosterWalkedAt",
             c.differences_read AS "differencesRead", c.differences_url AS "differencesUrl",
             c.drops_allowed_until AS "dropsAllowedUntil",
             EXISTS (SELECT FROM hold WHERE hold.course_id = $2 AND hold.state = 'open')
               AS "hasOpenHold"`,
    [
      lease.runId,
      courseId,
      lease.lease,
      told.phase ?? null,
      told.endpointSwaps ?? null,
      told.tokenCase ?? null,
    ],
  );
  if (rows[0]) return rows[0];
  await assertLease(db, lease);
  return (await isLeft(db, lease.runId, courseId)) ? "taken" : "paused";
}

/** By the run's own part: whoever was at the course may be gone from it by now. */
async function isLeft(db: Db, runId: string, courseId: string): Promise<boolean> {
  const count = await db.execute(
    `SELECT FROM run_course
      WHERE run_id = $1 AND course_id = $2 AND state IN ('pending', 'running')`,
    [runId, courseId],
  );
  return count === 1;
}

async function assertLease(db: Db, { runId, lease }: Lease): Promise<void> {
  const count = await db.execute(
    "SELECT FROM run WHERE id = $1 AND lease = $2 AND state = 'running'",
    [runId, lease],
  );
  if (count === 0) throw new LeaseLost(runId, lease);
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
  await db.execute(
    `WITH part AS (
       UPDATE run_course SET state = $3::part_state, members_removed = $4, error_code = $5,
              error_message = $6, error_detail = $7, members_added = members_added + $8,
              members_changed = members_changed + $9, finished_at = now()
        WHERE run_id = $1 AND course_id = $2 RETURNING run_course.*
     ), walked AS (
       DELETE FROM roster_walk WHERE course_id = $2 AND run_id = $1
     ), ${KEEP_PART}
     SELECT FROM part`,
    [
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
  );
}
