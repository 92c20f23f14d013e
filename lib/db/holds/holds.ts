import type { Db } from "../client.ts";
import { KEEP_PART } from "../courses/outcomes.ts";
import type { HoldState } from "../generated/enums.ts";
import { idRow, row } from "../rows/shape.ts";
import { int4, text, uuid } from "../rows/types.ts";

export type NewHold = {
  runId: string;
  courseId: string;
  registrationId: string;
  rule: string;
  removals: number;
  membersBefore: number;
};

/** Sets a run's removals in one course aside until somebody decides. */
export async function insertHold(db: Db, hold: NewHold): Promise<string> {
  const rows = await db.rows(
    idRow,
    `INSERT INTO hold (id, run_id, course_id, registration_id, rule, removals, members_before)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6)
     RETURNING id`,
    [hold.runId, hold.courseId, hold.registrationId, hold.rule, hold.removals, hold.membersBefore],
  );
  return rows[0]!.id;
}

const removedRow = row({ removed: int4 });

/** Removes those whose removal is still held and who are still members. */
export async function applyHeldRemovals(
  db: Db,
  hold: { runId: string; courseId: string },
): Promise<number> {
  const rows = await db.rows(
    removedRow,
    `WITH gone AS (
       UPDATE membership m SET removed_at = now(), changed_at = now()
         FROM roster_change c
        WHERE c.run_id = $1::uuid AND c.course_id = $2::uuid AND c.state = 'held'
          AND m.course_id = $2::uuid AND m.user_id = c.user_id AND m.removed_at IS NULL
        RETURNING c.id
     ), listed AS (
       UPDATE roster_change SET state = 'applied' FROM gone WHERE roster_change.id = gone.id
     )
     SELECT count(*)::int AS removed FROM gone`,
    [hold.runId, hold.courseId],
  );
  return rows[0]!.removed;
}

const restoredRow = row({ userId: text });

/**
 * Takes back those whom the hold's approval removed and who are still removed by it: whoever came
 * back and was removed again is another decision's.
 */
export async function restoreHeldRemovals(
  db: Db,
  hold: { runId: string; courseId: string; decidedAt: Date | null },
): Promise<string[]> {
  const rows = await db.rows(
    restoredRow,
    `UPDATE membership m SET removed_at = NULL, changed_at = now()
       FROM roster_change c
      WHERE c.run_id = $1::uuid AND c.course_id = $2::uuid AND c.kind = 'removed'
        AND c.state = 'applied' AND m.course_id = $2::uuid AND m.user_id = c.user_id
        AND m.removed_at = $3::timestamptz
      RETURNING m.user_id AS "userId"`,
    [hold.runId, hold.courseId, hold.decidedAt],
  );
  return rows.map(({ userId }) => userId);
}

const heldUserRow = row({ userId: text });

/** Whom a hold names and nobody has decided about, in the order they were found. */
export async function heldUserIds(
  db: Db,
  hold: { runId: string; courseId: string },
): Promise<string[]> {
  const rows = await db.rows(
    heldUserRow,
    `SELECT user_id AS "userId" FROM roster_change
      WHERE run_id = $1::uuid AND course_id = $2::uuid AND kind = 'removed' AND state = 'held'
      ORDER BY id`,
    [hold.runId, hold.courseId],
  );
  return rows.map(({ userId }) => userId);
}

/** People whom a roster lists are not gone, even if it is not read to its end. */
export async function withdrawHeldRemovals(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<void> {
  await db.execute(
    `WITH here AS (
       UPDATE membership SET last_seen_at = NULL
        WHERE course_id = $1 AND user_id = ANY ($2::text[])
          AND last_seen_at IS NOT NULL AND removed_at IS NULL
     )
     UPDATE roster_change c SET state = 'discarded'
       FROM hold h
      WHERE h.course_id = $1 AND h.state = 'open' AND c.run_id = h.run_id AND c.course_id = $1
        AND c.state = 'held' AND c.user_id = ANY ($2::text[])`,
    [courseId, userIds],
  );
}

export type HoldDecision = {
  state: Exclude<HoldState, "open">;
  /** Null when a later run decided by reading the roster again. */
  decidedBy: string | null;
  /** Members removed by it. */
  removed: number;
};

/** Ends an open hold and its course's part of the run; the run itself is left as it is. */
export async function closeHoldOnly(
  db: Db,
  hold: { id: string; runId: string; courseId: string },
  decision: HoldDecision,
): Promise<void> {
  await db.execute(
    `UPDATE hold SET state = $2::hold_state, decided_at = now(), decided_by = $3
      WHERE id = $1::uuid`,
    [hold.id, decision.state, decision.decidedBy],
  );
  await db.execute(
    `UPDATE roster_change SET state = 'discarded'
      WHERE run_id = $1::uuid AND course_id = $2::uuid AND state = 'held'`,
    [hold.runId, hold.courseId],
  );
  await db.execute(
    `WITH part AS (
       UPDATE run_course SET state = 'succeeded', members_removed = members_removed + $3::int
        WHERE run_id = $1::uuid AND course_id = $2::uuid AND state = 'held'
        RETURNING run_course.*
     ), ${KEEP_PART}
     UPDATE run SET done = run.done + 1, members_removed = run.members_removed + $3::int
       FROM part WHERE run.id = part.run_id`,
    [hold.runId, hold.courseId, decision.removed],
  );
}

const openHoldRow = row({ id: uuid, courseId: uuid });

/** A run that is cancelled while it waits removes nobody. */
export async function discardHoldsOf(db: Db, runId: string, decidedBy: string): Promise<void> {
  const rows = await db.rows(
    openHoldRow,
    `SELECT id, course_id AS "courseId" FROM hold
      WHERE run_id = $1::uuid AND state = 'open' FOR UPDATE`,
    [runId],
  );
  for (const hold of rows)
    await closeHoldOnly(db, { ...hold, runId }, { state: "discarded", decidedBy, removed: 0 });
}
