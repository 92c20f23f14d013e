import type { Db } from "../client.ts";
import { row } from "../rows/shape.ts";
import { bool, int4, uuid } from "../rows/types.ts";

/*
 * Which run is at a course's roster. Two readings of one course at once would take each other's
 * new members for people who are gone. A row is written as a run begins with a course
 * (`startRunCourse`) and goes as it ends there; that of a run which ended otherwise, or was taken
 * over, binds nobody.
 */

/** Of these courses, those that no other run is at any more. */
export async function freeCourses(
  db: Db,
  runId: string,
  courseIds: readonly string[],
): Promise<Set<string>> {
  const rows = await db.rows(
    lockRow,
    `SELECT l.course_id AS "courseId", l.run_id AS "runId", l.lease,
            EXISTS (SELECT FROM run
                     WHERE id = l.run_id AND lease = l.lease AND state = 'running') AS "isLive"
       FROM roster_lock l WHERE l.course_id = ANY ($1) AND l.run_id <> $2`,
    [courseIds, runId],
  );
  const free = new Set(courseIds);
  for (const lock of rows)
    if (lock.isLive || !(await releaseRosterLock(db, lock.courseId, lock)))
      free.delete(lock.courseId);
  return free;
}

const lockRow = row({
  courseId: uuid,
  runId: uuid,
  lease: int4,
  isLive: bool,
});

/**
 * Lets go of a course, by the lease under which it was begun: the run may have been taken up
 * again, and be at the course once more. Answers whether it was held under that lease.
 */
export async function releaseRosterLock(
  db: Db,
  courseId: string,
  { runId, lease }: { runId: string; lease: number },
): Promise<boolean> {
  const count = await db.execute(
    "DELETE FROM roster_lock WHERE course_id = $1 AND run_id = $2 AND lease = $3",
    [courseId, runId, lease],
  );
  return count === 1;
}
