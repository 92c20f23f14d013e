import { transaction, type Db } from "../client.ts";
import { prepared } from "../rows/query.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, int8, text, timestamptz, uuid } from "../rows/types.ts";

/** Members taken at once, of one course or of several: some tens of milliseconds. */
const PORTION = 2_000;
/** A course is counted as so many members at least, for what it costs whatever its size. */
const LEAST = 100;
/** So many courses of one person are kept; one who is in all courses of a university is in thousands. */
export const MOST_COURSES = 50;
/** Of a lock in the database: one process at a time is at it. */
const LOCK = 72_707_371;

const dueRow = row({ id: int8, courseId: uuid, since: timestamptz, after: text });
type Due = RowOf<typeof dueRow>;

const lockRow = row({ isFree: bool });
const keptRow = row({ members: int4, last: text.nullable });

/**
 * Brings `person` up to date with a portion of the members that changed since it was last, and
 * answers whether there was any. While runs are under way only what has waited for `waitMs` is
 * taken: their work comes first. Any number of processes may call it at once.
 */
export async function keepPeople(db: Db, { waitMs }: { waitMs: number }): Promise<boolean> {
  const [first] = await db.rows(dueRow, `${TAKE} LIMIT 1`, [waitMs]);
  if (!first) return false;
  return transaction(db, async (tx) => {
    // A crash that forgets a portion forgets with it that it was done.
    await tx.execute("SET LOCAL synchronous_commit TO off");
    const lock = `SELECT pg_try_advisory_xact_lock(${LOCK}) AS "isFree"`;
    if (!(await tx.rows(lockRow, lock))[0]!.isFree) return false;
    const dues = await tx.rows(dueRow, `${TAKE} LIMIT ${PORTION / LEAST}`, [waitMs]);
    const done = new Set<string>();
    for (let left = PORTION; left > 0 && dues.length > 0;) {
      const due = dues.shift()!;
      if (done.has(due.courseId)) continue;
      left -= Math.max(LEAST, await keepCourse(tx, due, left));
      done.add(due.courseId);
    }
    return true;
  });
}

/** Answers how many members were taken, `most` at most; then the rest is left for later. */
async function keepCourse(tx: Db, due: Due, most: number): Promise<number> {
  const { id, courseId, since, after } = due.after === "" ? await withOthers(tx, due) : due;
  const [kept] = await tx.rows(keptRow, { ...WRITE, values: [courseId, since, after, most] });
  const { members, last } = kept!;
  if (members < most) await tx.execute("DELETE FROM person_due WHERE id = $1", [id]);
  else
    await tx.execute("UPDATE person_due SET since = $2, after = $3 WHERE id = $1", [
      id,
      since,
      last,
    ]);
  return members;
}

const TAKE = `
  SELECT id, course_id AS "courseId", since, after FROM person_due
   WHERE noted_at < now() - $1::float8 * interval '1 millisecond'
      OR NOT EXISTS (SELECT FROM run WHERE state = 'running')
   ORDER BY id`;

/** From the start of a course all that is known to have changed in it is taken along. */
async function withOthers(tx: Db, due: Due): Promise<Due> {
  const others = await tx.rows(
    dueRow,
    `DELETE FROM person_due WHERE course_id = $1 AND id <> $2 AND after = ''
     RETURNING id, course_id AS "courseId", since, after`,
    [due.courseId, due.id],
  );
  const since = Math.min(...[due, ...others].map((each) => each.since.getTime()));
  return { ...due, since: new Date(since) };
}

const COLUMNS = ["name", "family_name", "email", "lis_person_sourcedid"] as const;

/** The latest; where that is nothing, what another course still says. */
const known = (column: string) => `
  CASE WHEN excluded.${column} IS NOT NULL OR p.${column} IS NULL THEN excluded.${column}
       ELSE (SELECT m.${column} FROM membership m
              WHERE m.course_id = ANY (p.course_ids) AND m.user_id = p.user_id
                AND m.${column} IS NOT NULL
              ORDER BY m.changed_at DESC LIMIT 1) END`;

const WRITE = prepared(`
  WITH portion AS MATERIALIZED (
    SELECT c.registration_id, m.user_id, m.course_id, ${COLUMNS.map((column) => `m.${column}`).join(", ")}
      FROM membership m JOIN course c ON c.id = m.course_id
     WHERE m.course_id = $1 AND m.changed_at >= $2 AND m.user_id > $3
     ORDER BY m.user_id LIMIT $4
  ), written AS (
    INSERT INTO person AS p (registration_id, user_id, course_ids, ${COLUMNS.join(", ")})
    SELECT registration_id, user_id, ARRAY[course_id], ${COLUMNS.join(", ")} FROM portion
    ON CONFLICT (registration_id, user_id) DO UPDATE SET
      ${COLUMNS.map((column) => `${column} = ${known(column)}`).join(", ")},
      course_ids = CASE
        WHEN p.course_ids @> excluded.course_ids OR cardinality(p.course_ids) >= ${MOST_COURSES}
        THEN p.course_ids ELSE p.course_ids || excluded.course_ids END
    WHERE (${COLUMNS.map((column) => `p.${column}`).join(", ")}) IS DISTINCT FROM
          (${COLUMNS.map((column) => `excluded.${column}`).join(", ")})
       OR (NOT p.course_ids @> excluded.course_ids AND cardinality(p.course_ids) < ${MOST_COURSES})
  )
  SELECT count(*)::int AS members, max(user_id) AS last FROM portion`);
