import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { int8, uuid } from "../rows/types.ts";
import { PERSONAL_COLUMNS } from "../rosters/columns.ts";
import { NO_PERSONAL_DATA } from "./holdings.ts";
import type { RetentionClass } from "./settings.ts";

/** Removes what is older than a moment, a portion with each turn; yields how many rows went. */
export type Portions = (db: Db, before: Date) => AsyncGenerator<number, void, undefined>;

/** Some tens of milliseconds of work. */
const PORTION = 5_000;

export const PORTIONS: Record<RetentionClass, Portions> = {
  leftMembers: clearLeftMembers,
  rosterChanges: async function* (db, before) {
    // A removal that waits for somebody's decision is what it would remove.
    yield* byId(
      "roster_change",
      "NOT EXISTS (SELECT FROM hold h WHERE h.run_id = t.run_id AND h.state = 'open')",
    )(db, before);
    yield* repeated(`UPDATE run_course SET quarantined = '[]' WHERE (run_id, course_id) IN
      (SELECT run_id, course_id FROM run_course
        WHERE finished_at < $1 AND quarantined <> '[]' LIMIT ${PORTION})`)(db, before);
  },
  outcomes: byId("score_outcome"),
  events: byId("run_event"),
  tokenRequests: byId("token_request"),
  connectionTests: repeated(`DELETE FROM connection_test WHERE id IN
    (SELECT t.id FROM connection_test t
      WHERE t.started_at < $1 AND EXISTS
        (SELECT FROM connection_test newer WHERE newer.registration_id = t.registration_id
                                             AND newer.started_at > t.started_at)
      LIMIT ${PORTION})`),
  launchSessions: async function* (db, before) {
    yield* repeated(`DELETE FROM launch_session WHERE token_hash IN
      (SELECT token_hash FROM launch_session WHERE expires_at < $1 LIMIT ${PORTION})`)(db, before);
    yield* repeated(`DELETE FROM grade_check WHERE (course_id, user_id) IN
      (SELECT course_id, user_id FROM grade_check WHERE asked_at < $1 LIMIT ${PORTION})`)(
      db,
      before,
    );
  },
  audit: forgetAudit,
};

/** What has an end of its own, whatever is kept how long: sessions of people who signed in. */
export function sweepExpired(db: Db): Promise<number> {
  return db.execute("DELETE FROM session WHERE expires_at < now()");
}

function repeated(statement: string): Portions {
  return async function* (db, before) {
    for (;;) {
      const removed = await db.execute(statement, [before]);
      yield removed;
      if (removed < PORTION) return;
    }
  };
}

const partRow = row({ removed: int8, last: int8.nullable, young: int8 });

/** Of a table whose IDs rise with time, from the oldest on, as far as all are old. */
function byId(table: string, may = "true"): Portions {
  return async function* (db, before) {
    for (let after = 0n; ;) {
      const [part] = await db.rows(
        partRow,
        `WITH part AS MATERIALIZED (SELECT id, at FROM ${table} WHERE id > $1::bigint ORDER BY id LIMIT ${PORTION}),
              gone AS (DELETE FROM ${table} t USING part
                        WHERE t.id = part.id AND part.at < $2 AND ${may} RETURNING 1)
         SELECT (SELECT count(*) FROM gone) AS removed, max(id) AS last,
                count(*) FILTER (WHERE at >= $2) AS young FROM part`,
        [after, before],
      );
      yield Number(part!.removed);
      if (part!.last === null || part!.young > 0n) return;
      after = part!.last;
    }
  };
}

const courseRow = row({ id: uuid });

/** Names, addresses and pictures of who left; that somebody with this user ID was there stays. */
async function* clearLeftMembers(db: Db, before: Date): AsyncGenerator<number, void, undefined> {
  const courses = await db.rows(courseRow, "SELECT id FROM course ORDER BY id");
  for (const { id } of courses) yield await db.execute(CLEAR_LEFT, [id, before]);
}

// Who is in another course of the registration stays known to the finder by that one.
const CLEAR_LEFT = `
  WITH left_long_ago AS (
    UPDATE membership m SET ${NO_PERSONAL_DATA}, changed_at = now()
     WHERE m.course_id = $1::uuid AND m.removed_at < $2
       AND num_nonnulls(${PERSONAL_COLUMNS.map(({ column }) => `m.${column}`).join(", ")}) > 0
    RETURNING m.user_id
  ), unknown AS (
    DELETE FROM person p USING left_long_ago l, course c
     WHERE c.id = $1::uuid AND p.registration_id = c.registration_id AND p.user_id = l.user_id
       AND NOT EXISTS (SELECT FROM membership o
                        WHERE o.course_id = ANY (p.course_ids) AND o.course_id <> $1::uuid
                          AND o.user_id = p.user_id AND coalesce(o.name, o.email) IS NOT NULL)
  )
  SELECT FROM left_long_ago`;

const forgottenRow = row({ forgotten: int8 });

async function* forgetAudit(db: Db, before: Date): AsyncGenerator<number, void, undefined> {
  for (;;) {
    const [part] = await db.rows(
      forgottenRow,
      "SELECT audit_forget($1::timestamptz, $2::integer) AS forgotten",
      [before, PORTION],
    );
    yield Number(part!.forgotten);
    if (part!.forgotten < BigInt(PORTION)) return;
  }
}
