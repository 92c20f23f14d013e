import { z } from "zod";
import { transaction, type Db } from "../client.ts";
import { type ErasedPerson, Prisma } from "../generated/client.ts";
import { where } from "../lists/paging.ts";
import type { MovedRun } from "../runs/moves/table.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, bool, int4, int8, jsonb, oneOf, text, timestamptz, uuid } from "../rows/types.ts";
import { FEED_TYPE_NAMES, type FeedType } from "./types.ts";

/*
 * The change feed (docs/decisions/0038). Members, courses and holds come in by triggers, scores by
 * the statement that records their outcomes (`scores/outcomes.ts`), the end of a run from here.
 */

/** Entries that get their number in one transaction. */
const NUMBERED_AT_ONCE = 5_000;
/** A reading that is filtered looks through so many events at a time. */
const LOOKED_THROUGH = 200_000n;

const entryRow = row({
  /** Of its last event. */
  number: int8,
  type: oneOf(FEED_TYPE_NAMES),
  registrationId: uuid.nullable,
  courseId: uuid.nullable,
  subjects: array(text),
  data: jsonb(z.record(z.string(), z.unknown())),
  at: timestamptz,
});

export type FeedEntry = RowOf<typeof entryRow>;

const countedRow = row({ ...entryRow.columns, matches: int4 });

const stateRow = row({ numbered: int8, dropped: int8 });

/** Up to which number there are events, and up to which they are no longer kept. */
export type FeedState = RowOf<typeof stateRow>;

const dueRow = row({ isDue: bool });
const DUE = 'SELECT EXISTS (SELECT FROM feed_entry WHERE number IS NULL) AS "isDue"';
const STATE = "SELECT numbered, dropped FROM feed_state";

/**
 * Numbers what was committed since, in the order in which it was written, and says how far the
 * numbers go. One process at a time does it, so that whoever reads up to a number has read all
 * before it: an entry that is committed later gets a higher one.
 *
 * Of two changes of one row the later is written when the earlier is committed: its entry has a
 * higher ID and is not visible without the other, so it never gets the lower number.
 */
export async function numberEntries(db: Db): Promise<FeedState> {
  const [due] = await db.rows(dueRow, DUE);
  if (!due!.isDue) return (await db.rows(stateRow, STATE))[0]!;
  return transaction(db, async (tx) => {
    await tx.execute("SELECT FROM feed_state FOR UPDATE");
    const rows = await tx.rows(
      stateRow,
      `WITH due AS (
         SELECT id, greatest(cardinality(subjects), 1) AS events FROM feed_entry
          WHERE number IS NULL ORDER BY id LIMIT $1
       ), summed AS (
         SELECT id, sum(events) OVER (ORDER BY id) AS upto FROM due
       ), given AS (
         UPDATE feed_entry e SET number = s.numbered + summed.upto
           FROM summed, feed_state s WHERE e.id = summed.id
         RETURNING e.number
       )
       UPDATE feed_state SET numbered = coalesce((SELECT max(number) FROM given), numbered)
       RETURNING numbered, dropped`,
      [NUMBERED_AT_ONCE],
    );
    return rows[0]!;
  });
}

const numberRow = row({ number: int8 });

/** The number up to which everything happened before a moment. */
export async function feedNumberAt(db: Db, moment: Date): Promise<bigint> {
  const rows = await db.rows(
    numberRow,
    `SELECT coalesce((SELECT min(number) - greatest(min(cardinality(subjects)), 1)
                        FROM (SELECT number, subjects FROM feed_entry
                               WHERE number IS NOT NULL AND at >= $1
                               ORDER BY number LIMIT 1) AS first),
                     (SELECT numbered FROM feed_state)) AS number`,
    [moment],
  );
  return rows[0]!.number;
}

export type FeedFilter = {
  types?: readonly FeedType[];
  /** Null: of all. */
  registrationIds: readonly string[] | null;
  courseId?: string;
};

/**
 * Entries with events after a number, oldest first: of the first one some may have been read before,
 * of the last one some are more than `limit`. Beyond them nothing matches up to the number `readTo`.
 */
export async function readEntries(
  db: Db,
  { after, limit, ...filter }: FeedFilter & { after: bigint; limit: number },
): Promise<{ entries: FeedEntry[]; readTo: bigint; numbered: bigint; dropped: bigint }> {
  const state = await numberEntries(db);
  const end = after + LOOKED_THROUGH < state.numbered ? after + LOOKED_THROUGH : state.numbered;
  const { types, registrationIds, courseId } = filter;
  const conditions = where([
    Prisma.sql`number > ${after} AND number <= ${end}`,
    types !== undefined && Prisma.sql`type = ANY (${[...types]}::text[])`,
    registrationIds !== null && Prisma.sql`registration_id = ANY (${[...registrationIds]}::uuid[])`,
    courseId !== undefined && Prisma.sql`course_id = ${courseId}::uuid`,
  ]);
  const rows = await db.rows(
    countedRow,
    Prisma.sql`
    SELECT number, type, registration_id AS "registrationId", course_id AS "courseId",
           coalesce(subjects, '{}') AS subjects, data, at, matches
      FROM (SELECT *, count(*) OVER ()::int AS matches,
                   sum(greatest(cardinality(subjects), 1)) OVER (ORDER BY number)
                     - greatest(cardinality(subjects), 1) AS before
              FROM (SELECT * FROM feed_entry ${conditions} ORDER BY number LIMIT ${limit}) AS page
           ) AS counted
     WHERE before < ${limit} ORDER BY number`,
  );
  const matches = rows[0]?.matches ?? 0;
  const isAll = rows.length === matches && matches < limit;
  const entries = rows.map(({ matches: _, ...entry }) => entry);
  return { entries, readTo: isAll ? end : entries.at(-1)!.number, ...state };
}

/** How many events an entry stands for. */
export function eventsIn({ subjects }: Pick<FeedEntry, "subjects">): number {
  return Math.max(subjects.length, 1);
}

/** Drops a portion of what was numbered before a moment; false once there is none left. */
export async function dropEntries(db: Db, before: Date, portion: number): Promise<boolean> {
  return transaction(db, async (tx) => {
    await tx.execute("SELECT FROM feed_state FOR UPDATE");
    const count = await tx.execute(
      `WITH gone AS (
         DELETE FROM feed_entry WHERE id IN (
           -- The oldest alone are looked at: there is no index by time.
           SELECT id FROM (SELECT id, at FROM feed_entry WHERE number IS NOT NULL
                            ORDER BY number LIMIT $2) oldest
            WHERE at < $1)
         RETURNING number
       ), noted AS (
         UPDATE feed_state SET dropped = greatest(dropped, (SELECT max(number) FROM gone))
          WHERE EXISTS (SELECT FROM gone)
       )
       SELECT number FROM gone`,
      [before, portion],
    );
    return count === portion;
  });
}

/** Tells of the end of a run, in the transaction of the move. */
export async function feedRunFinished(
  tx: Db,
  run: MovedRun,
  error: { code: string; message: string } | null,
): Promise<void> {
  const { id: runId, kind, state, done, failed, skipped } = run;
  const problem = error && { code: error.code, message: error.message };
  await tx.execute(
    `INSERT INTO feed_entry (type, registration_id, course_id, data)
     VALUES ('run.finished', $1::uuid, $2::uuid, $3::jsonb)`,
    [
      run.registrationId,
      run.courseId,
      JSON.stringify({ runId, kind, state, done, failed, skipped, problem }),
    ],
  );
}

/**
 * Tells of an erasure, once what is kept stands under the pseudonym: in each course that has
 * something of the person, or of the registration where none has. Who it was is told by hash alone.
 */
export async function feedPersonErased(
  tx: Db,
  { registrationId, pseudonym, salt, userHash }: ErasedPerson,
): Promise<void> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const data = { pseudonym, salt: hex(salt), userIdSha256: hex(userHash) };
  await tx.execute(
    `WITH kept AS (
       SELECT c.id FROM course c WHERE c.registration_id = $1::uuid
          AND (EXISTS (SELECT FROM membership m WHERE m.course_id = c.id AND m.user_id = $2)
            OR EXISTS (SELECT FROM scored_person s WHERE s.course_id = c.id AND s.user_id = $2))
     )
     INSERT INTO feed_entry (type, registration_id, course_id, data)
     SELECT 'person.erased', $1::uuid, place.id, $3::jsonb
       FROM (SELECT id FROM kept UNION ALL SELECT NULL WHERE NOT EXISTS (SELECT FROM kept)) place`,
    [registrationId, pseudonym, JSON.stringify(data)],
  );
}
