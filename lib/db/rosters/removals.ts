import type { Db } from "../client.ts";
import type { RosterChangeState } from "../generated/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, uuid } from "../rows/types.ts";

const countsRow = row({
  removals: int4,
  /** Members who would be left, and how many of them are instructors. */
  remaining: int4,
  instructorsLeft: int4,
  instructorsRemoved: int4,
});

export type RemovalCounts = RowOf<typeof countsRow>;

/** What removing these people would leave of a course. */
export async function countRemoval(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<RemovalCounts> {
  const rows = await db.rows(
    countsRow,
    `SELECT count(gone.user_id)::int AS removals,
            (count(*) - count(gone.user_id))::int AS remaining,
            count(*) FILTER (WHERE gone.user_id IS NULL AND ${IS_INSTRUCTOR})::int
              AS "instructorsLeft",
            count(gone.user_id) FILTER (WHERE ${IS_INSTRUCTOR})::int AS "instructorsRemoved"
       FROM membership m
       LEFT JOIN (SELECT DISTINCT user_id FROM unnest($2::text[]) AS given (user_id)) AS gone
         ON gone.user_id = m.user_id
      WHERE m.course_id = $1 AND m.removed_at IS NULL`,
    [courseId, userIds],
  );
  return rows[0]!;
}

// The principal role and its sub-roles, as lib/lti/roles.ts spells them.
const IS_INSTRUCTOR = `EXISTS (
  SELECT FROM unnest(m.roles) AS role
   WHERE role = 'http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'
      OR role LIKE 'http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#%')`;

/** Marks people as removed; their rows are kept, with the last roster that listed them. */
export async function removeMembers(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<number> {
  const count = await db.execute(
    `UPDATE membership m SET removed_at = now(), changed_at = now(),
            last_seen_at = coalesce(last_seen_at, ${LAST_ROSTER})
      WHERE m.course_id = $1 AND m.removed_at IS NULL AND m.user_id = ANY ($2::text[])`,
    [courseId, userIds],
  );
  return count;
}

/** Notes of members who stay for now that this roster does not list them. */
export async function markMissing(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<void> {
  await db.execute(
    `UPDATE membership SET last_seen_at = ${LAST_ROSTER}
      WHERE course_id = $1 AND last_seen_at IS NULL AND user_id = ANY ($2::text[])`,
    [courseId, userIds],
  );
}

const LAST_ROSTER = "(SELECT roster_synced_at FROM course WHERE id = $1)";

/** Lists removals of a run: applied, held or previewed. */
export async function listRemovals(
  db: Db,
  run: { runId: string; courseId: string },
  userIds: readonly string[],
  state: RosterChangeState,
): Promise<void> {
  await db.execute(
    `INSERT INTO roster_change (run_id, course_id, user_id, kind, state)
     SELECT $1, $2, user_id, 'removed', $4::roster_change_state
       FROM unnest($3::text[]) AS gone (user_id)`,
    [run.runId, run.courseId, userIds, state],
  );
}

/** Whom a run removed, by itself or by an approved hold, and who is removed by nothing later. */
const REMOVED_BY_RUN = `
  membership m
  JOIN roster_change c ON c.course_id = m.course_id AND c.user_id = m.user_id
   AND c.run_id = $1::uuid AND c.kind = 'removed' AND c.state = 'applied'
  LEFT JOIN hold h ON h.run_id = c.run_id AND h.course_id = c.course_id
 WHERE m.removed_at IN (c.at, h.decided_at)`;

const restorableRow = row({ people: int4 });

export async function countRestorable(db: Db, runId: string): Promise<number> {
  const sql = `SELECT count(*)::int AS people FROM ${REMOVED_BY_RUN}`;
  return (await db.rows(restorableRow, sql, [runId]))[0]!.people;
}

const restoredRow = row({ courseId: uuid, people: int4 });

/** Takes them back, and says how many in which course. */
export async function restoreRunRemovals(
  db: Db,
  runId: string,
): Promise<RowOf<typeof restoredRow>[]> {
  return db.rows(
    restoredRow,
    `WITH gone AS (SELECT m.course_id, m.user_id FROM ${REMOVED_BY_RUN}), back AS (
       UPDATE membership SET removed_at = NULL, changed_at = now() FROM gone
        WHERE membership.course_id = gone.course_id AND membership.user_id = gone.user_id
       RETURNING membership.course_id)
     SELECT course_id AS "courseId", count(*)::int AS people FROM back
      GROUP BY course_id ORDER BY course_id`,
    [runId],
  );
}
