import type { Db } from "../client.ts";
import { markOf } from "./pages/page-sql.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";

const userRow = row({ userId: text });

/**
 * Members present before the reading began whom it did not list. Two user IDs with one mark would
 * keep somebody who is gone; nobody who is there can be missed.
 */
export async function listAbsent(
  db: Db,
  reading: { courseId: string; startedAt: Date; seenHashes: Buffer },
): Promise<string[]> {
  const rows = await db.rows(
    userRow,
    `SELECT m.user_id AS "userId" FROM membership m
      WHERE m.course_id = $1 AND m.removed_at IS NULL AND m.changed_at < $2
        AND NOT EXISTS (
              SELECT FROM (SELECT substring($3::bytea FROM (n * 8 + 1)::int FOR 8) AS mark
                             FROM generate_series(0, length($3::bytea) / 8 - 1) AS n) AS seen
               WHERE seen.mark = ${markOf("m.user_id")})`,
    [reading.courseId, reading.startedAt, reading.seenHashes],
  );
  return rows.map(({ userId }) => userId);
}

/** Of these user IDs those that are members now. */
export async function presentAmong(
  db: Db,
  courseId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await db.rows(
    userRow,
    `SELECT user_id AS "userId" FROM membership
      WHERE course_id = $1 AND removed_at IS NULL AND user_id = ANY ($2::text[])`,
    [courseId, userIds],
  );
  return rows.map(({ userId }) => userId);
}

/** A reading of the roster to its end: page by page, or by the differences since. */
export type CompleteRoster = {
  isWholeRoster: boolean;
  differencesUrl?: string;
  /** When it was read, where that was not now. */
  at?: Date;
};

export async function recordCompleteRoster(
  db: Db,
  courseId: string,
  { isWholeRoster, differencesUrl, at }: CompleteRoster,
): Promise<void> {
  await db.execute(
    `UPDATE course SET roster_synced_at = greatest(roster_synced_at, read.at),
            differences_url = $2,
            roster_walked_at = CASE WHEN $3 THEN greatest(roster_walked_at, read.at)
                                    ELSE roster_walked_at END,
            differences_read = CASE WHEN $3 THEN 0 ELSE differences_read + 1 END,
            roster_member_count = (
              SELECT count(*) FROM membership WHERE course_id = $1 AND removed_at IS NULL)
       FROM (SELECT coalesce($4, now()) AS at) AS read
      WHERE id = $1`,
    [courseId, differencesUrl ?? null, isWholeRoster, at ?? null],
  );
}

/** Counts a course's members again after some were removed or restored. */
export async function recountMembers(db: Db, courseId: string): Promise<void> {
  await db.execute(
    `UPDATE course SET roster_member_count = (
              SELECT count(*) FROM membership WHERE course_id = $1::uuid AND removed_at IS NULL)
      WHERE id = $1::uuid AND roster_member_count IS NOT NULL`,
    [courseId],
  );
}
