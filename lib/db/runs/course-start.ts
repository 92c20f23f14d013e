import type { Db } from "../client.ts";
import type { TokenCase } from "../generated/enums.ts";
import { LeaseLost } from "../errors.ts";
import { prepared } from "../rows/query.ts";
import { PHASE_WORDS, phaseEventSql, type RunPhase } from "./phases.ts";
import type { Lease } from "./runs.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, text, timestamptz } from "../rows/types.ts";

const startRow = row({
  /** The database's time. */
  startedAt: timestamptz,
  /** When the roster was last known to its end; null before the first time. */
  rosterSyncedAt: timestamptz.nullable,
  rosterWalkedAt: timestamptz.nullable,
  differencesRead: int4,
  differencesUrl: text.nullable,
  dropsAllowedUntil: timestamptz.nullable,
  /** Removals of an earlier run wait for a person. */
  hasOpenHold: bool,
});

const membersRow = row({
  /** Members present as it began. */
  membersBefore: int4,
  /** Of these, whom an earlier roster did not list and somebody has yet to decide about, or kept. */
  missingBefore: int4,
});

/** What a sync of one course starts from. */
export type CourseStart = RowOf<typeof startRow> & RowOf<typeof membersRow>;

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
  told: { phase?: RunPhase; endpointSwaps?: number; tokenCase?: TokenCase } = {},
): Promise<CourseStart | NotStarted> {
  const rows = await db.rows(startRow, {
    ...START,
    values: [
      lease.runId,
      courseId,
      lease.lease,
      told.phase ?? null,
      told.endpointSwaps ?? null,
      told.tokenCase ?? null,
      told.phase ? PHASE_WORDS[told.phase] : null,
    ],
  });
  if (rows[0]) return { ...rows[0], ...(await countMembers(db, courseId)) };
  await assertLease(db, lease);
  return (await isLeft(db, lease.runId, courseId)) ? "taken" : "paused";
}

const START = prepared(`
  WITH leased AS (
     SELECT id, is_preview, phase FROM run WHERE id = $1 AND lease = $3 AND state = 'running'
        FOR NO KEY UPDATE
   ), before AS (
     SELECT rc.*, CASE WHEN leased.is_preview THEN 1 ELSE 0 END AS is_undone
       FROM run_course rc JOIN leased ON leased.id = rc.run_id
      WHERE rc.course_id = $2 AND rc.state IN ('pending', 'running')
        FOR UPDATE OF rc
   ), locked AS (
     INSERT INTO roster_lock (course_id, run_id, lease)
     SELECT course_id, run_id, $3 FROM before
     ON CONFLICT (course_id) DO UPDATE SET lease = excluded.lease
      WHERE roster_lock.run_id = excluded.run_id
     RETURNING course_id
   ), held AS (
     UPDATE run SET phase = coalesce($4::text, phase),
            endpoint_swaps = greatest($5::int, endpoint_swaps),
            token_case = coalesce($6::token_case, token_case),
            members_seen = run.members_seen - before.members_seen,
            members_added = run.members_added - is_undone * before.members_added,
            members_changed = run.members_changed - is_undone * before.members_changed
       FROM before JOIN locked USING (course_id) WHERE run.id = before.run_id
      RETURNING run.id, 1 - is_undone AS is_kept
   ), former AS (
     SELECT leased.id, leased.phase FROM leased JOIN held USING (id)
   ), begun AS (${phaseEventSql("$4", "$7")}
   ), undone AS (
     DELETE FROM roster_change
      WHERE run_id = (SELECT id FROM held) AND course_id = $2 AND state = 'previewed'
   )
   UPDATE run_course rc SET state = 'running', pages = 0, members_seen = 0, quarantined = '[]',
          members_added = is_kept * rc.members_added,
          members_changed = is_kept * rc.members_changed,
          started_at = coalesce(rc.started_at, now())
     FROM held, course c
    WHERE rc.run_id = held.id AND rc.course_id = $2 AND c.id = $2
    RETURNING clock_timestamp() AS "startedAt",
           c.roster_synced_at AS "rosterSyncedAt", c.roster_walked_at AS "rosterWalkedAt",
           c.differences_read AS "differencesRead", c.differences_url AS "differencesUrl",
           c.drops_allowed_until AS "dropsAllowedUntil",
           EXISTS (SELECT FROM hold WHERE hold.course_id = $2 AND hold.state = 'open')
             AS "hasOpenHold"`);

/** Apart from the rest, which is prepared: its plan depends on how large the table is. */
async function countMembers(db: Db, courseId: string): Promise<RowOf<typeof membersRow>> {
  const rows = await db.rows(
    membersRow,
    `SELECT count(*)::int AS "membersBefore", count(last_seen_at)::int AS "missingBefore"
       FROM membership WHERE course_id = $1 AND removed_at IS NULL`,
    [courseId],
  );
  return rows[0]!;
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
