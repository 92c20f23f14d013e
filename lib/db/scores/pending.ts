import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { bool, int4 } from "../rows/types.ts";

/** `FROM … WHERE …`: the scores `s` of a course that wait to be sent; `course` is SQL for its ID. */
const pendingOf = (course: string) => `
  FROM line_item li JOIN score s ON s.line_item_id = li.id
 WHERE li.course_id = ${course} AND s.state = 'pending'`;

/** SQL for whether a course has scores to send. */
export const hasPendingSql = (course: string): string => `EXISTS (SELECT ${pendingOf(course)})`;

const hasPendingRow = row({ hasPending: bool });

export async function hasPendingScores(db: Db, courseId: string): Promise<boolean> {
  const rows = await db.rows(hasPendingRow, `SELECT ${hasPendingSql("$1::uuid")} AS "hasPending"`, [
    courseId,
  ]);
  return rows[0]!.hasPending;
}

const pendingRow = row({ pending: int4 });

export async function countPendingScores(db: Db, courseId: string): Promise<number> {
  const rows = await db.rows(
    pendingRow,
    `SELECT count(*)::int AS pending ${pendingOf("$1::uuid")}`,
    [courseId],
  );
  return rows[0]!.pending;
}
