import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, timestamptz } from "../rows/types.ts";

/** Upper ends, in milliseconds, of the classes that answers are counted in; the last has none. */
export const ANSWERED_WITHIN = [100, 250, 500, 1_000, 3_000, 10_000] as const;

/** Calls to a platform; `answered` has a count for each class, and one for longer ones. */
export type CallCounts = { failed: number; throttled: number; answered: number[] };

/** What is counted of calls, and the columns that hold it. */
const CALLS = {
  callsFailed: "calls_failed",
  callsThrottled: "calls_throttled",
  within100ms: "within_100ms",
  within250ms: "within_250ms",
  within500ms: "within_500ms",
  within1s: "within_1s",
  within3s: "within_3s",
  within10s: "within_10s",
  longer: "longer",
};
const COUNTS = {
  runs: "runs",
  runsFailed: "runs_failed",
  membersAdded: "members_added",
  membersRemoved: "members_removed",
  scoresSent: "scores_sent",
  scoresRejected: "scores_rejected",
  ...CALLS,
};

/** Notes what a platform answered within the current hour. */
export async function noteCalls(
  db: Db,
  registrationId: string,
  { failed, throttled, answered }: CallCounts,
): Promise<void> {
  await db.execute(
    `INSERT INTO registration_note (registration_id, hour, ${Object.values(CALLS).join(", ")})
     VALUES ($1, date_trunc('hour', now(), 'UTC'), $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [registrationId, failed, throttled, ...answered],
  );
}

/**
 * After `moved`, the rows of runs that a move has ended: notes what they came to. A note is a row
 * of its own, so that no two ends wait for each other.
 */
export const NOTE_ENDED = `
  noted AS (
    INSERT INTO registration_note (registration_id, hour, runs, runs_failed, members_added,
                                   members_removed, scores_sent, scores_rejected)
    SELECT registration_id, date_trunc('hour', finished_at, 'UTC'), 1, (state = 'failed')::int,
           CASE WHEN kind = 'roster_sync' AND NOT is_preview THEN members_added ELSE 0 END,
           CASE WHEN kind = 'roster_sync' AND NOT is_preview THEN members_removed ELSE 0 END,
           CASE WHEN kind = 'grade_sync' THEN done ELSE 0 END,
           CASE WHEN kind = 'grade_sync' THEN failed ELSE 0 END
      FROM moved)`;

const list = (write: (column: string) => string) => Object.values(COUNTS).map(write).join(", ");

/**
 * Adds what was noted to its hours; called now and then. Notes that another process adds are left
 * to it. Hours older than a hundred days are forgotten.
 */
export async function addNotesToHours(db: Db): Promise<void> {
  await db.execute(
    `WITH target AS (
       SELECT r.id FROM registration r
        WHERE r.id IN (SELECT registration_id FROM registration_note)
        ORDER BY r.id FOR KEY SHARE SKIP LOCKED),
     free AS (
       SELECT n.id FROM registration_note n WHERE n.registration_id IN (SELECT id FROM target)
        FOR UPDATE SKIP LOCKED),
     noted AS (
       DELETE FROM registration_note n USING free WHERE n.id = free.id RETURNING n.*),
     old AS (
       DELETE FROM registration_hour h USING target
        WHERE h.registration_id = target.id AND h.hour < now() - interval '100 days')
     INSERT INTO registration_hour AS h (registration_id, hour, ${list((column) => column)})
     SELECT registration_id, hour, ${list((column) => `sum(${column})`)}
       FROM noted GROUP BY registration_id, hour ORDER BY registration_id, hour
     ON CONFLICT (registration_id, hour) DO UPDATE SET
       ${list((column) => `${column} = h.${column} + excluded.${column}`)}`,
  );
}

/** Moves what was counted since the hour of a moment so many milliseconds into the past. */
export async function backdateHours(
  tx: Db,
  { registrationId, since, ms }: { registrationId: string; since: Date; ms: number },
): Promise<void> {
  const given = [registrationId, since, ms];
  const these = "registration_id = $1 AND hour >= date_trunc('hour', $2::timestamptz, 'UTC')";
  const earlier = "date_trunc('hour', hour - $3::float8 * interval '1 millisecond', 'UTC')";
  await tx.execute(`UPDATE registration_note SET hour = ${earlier} WHERE ${these}`, given);
  // As notes, which are added to whatever the earlier hour has.
  const columns = list((column) => column);
  await tx.execute(
    `WITH gone AS (DELETE FROM registration_hour WHERE ${these} RETURNING *)
     INSERT INTO registration_note (registration_id, hour, ${columns})
     SELECT registration_id, ${earlier}, ${columns} FROM gone`,
    given,
  );
}

const counts = Object.fromEntries(Object.keys(COUNTS).map((field) => [field, int4])) as Record<
  keyof typeof COUNTS,
  typeof int4
>;

const dayRow = row({ day: timestamptz, ...counts });

export type DayRow = RowOf<typeof dayRow>;

const SUMS = Prisma.raw(list((column) => `sum(${column}) AS ${column}`));
const SHOWN = Prisma.raw(
  Object.entries(COUNTS)
    .map(([field, column]) => `coalesce(n.${column}, 0)::int AS "${field}"`)
    .join(", "),
);

/** The last so many days in UTC, oldest first; the last of them is under way. */
export function registrationDays(db: Db, registrationId: string, days: number): Promise<DayRow[]> {
  const columns = Prisma.raw(list((column) => column));
  const first = firstOf(days);
  const of = Prisma.sql`registration_id = ${registrationId}::uuid AND hour >= ${first}`;
  return db.rows(
    dayRow,
    Prisma.sql`
    SELECT d.day, ${SHOWN}
      FROM generate_series(${first}, now(), interval '24 hours') AS d (day)
      LEFT JOIN (
        SELECT date_trunc('day', hour, 'UTC') AS day, ${SUMS}
          FROM (SELECT hour, ${columns} FROM registration_hour WHERE ${of}
                UNION ALL
                SELECT hour, ${columns} FROM registration_note WHERE ${of}) hours
         GROUP BY 1) n USING (day)
     ORDER BY d.day`,
  );
}

/** When the first of the last so many days began, in UTC. */
export function firstOf(days: number): Prisma.Sql {
  return Prisma.sql`(date_trunc('day', now(), 'UTC') - interval '24 hours' * ${days - 1}::int)`;
}
