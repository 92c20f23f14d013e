import type { Db } from "./client.ts";

/*
 * Which run is at a course's roster. Two walks over one course at once would take each other's
 * new members for people who are gone. A row is written as a run begins with a course
 * (`startRunCourse`) and goes as it ends there; that of a run which ended otherwise, or was taken
 * over, binds nobody.
 */

export async function isWalkedByAnother(db: Db, runId: string, courseId: string): Promise<boolean> {
  const { rows } = await db.pool.query(
    "SELECT FROM roster_walk WHERE course_id = $1 AND run_id <> $2",
    [courseId, runId],
  );
  return rows.length > 0;
}

/** Of these courses, those that no other run is at any more. */
export async function freeCourses(
  db: Db,
  runId: string,
  courseIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.pool.query<Walk>(
    `SELECT w.course_id AS "courseId", w.run_id AS "runId", w.lease,
            EXISTS (SELECT FROM run
                     WHERE id = w.run_id AND lease = w.lease AND state = 'running') AS "isLive"
       FROM roster_walk w WHERE w.course_id = ANY ($1) AND w.run_id <> $2`,
    [courseIds, runId],
  );
  const free = new Set(courseIds);
  for (const walk of rows)
    if (walk.isLive || !(await endWalk(db, walk))) free.delete(walk.courseId);
  return free;
}

type Walk = { courseId: string; runId: string; lease: number; isLive: boolean };

/** By its lease: the run may have been taken up again, and be at the course once more. */
async function endWalk(db: Db, { courseId, runId, lease }: Walk): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    "DELETE FROM roster_walk WHERE course_id = $1 AND run_id = $2 AND lease = $3",
    [courseId, runId, lease],
  );
  return rowCount === 1;
}

/** Puts a course back that the platform did not answer for: the run comes to it again later. */
export async function putCourseBack(db: Db, runId: string, courseId: string): Promise<void> {
  await db.pool.query("DELETE FROM roster_walk WHERE course_id = $1 AND run_id = $2", [
    courseId,
    runId,
  ]);
}
