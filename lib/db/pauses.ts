import type { Db, Tx } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** What a pause is about: everything, a registration, or a course. */
export type PauseTarget =
  | { scope: "everything" }
  | { scope: "registration"; registrationId: string }
  | { scope: "course"; courseId: string };

/** The setting that holds who paused everything, and when. */
export const ENGINE_PAUSE = "engine.paused";

/** Which level keeps a run from going on, the widest first; null when none does. */
export async function pauseOver(
  db: Db,
  run: { registrationId: string; courseId: string | null },
): Promise<PauseTarget["scope"] | null> {
  const { rows } = await db.pool.query<{ scope: PauseTarget["scope"] | null }>(
    `SELECT CASE
       WHEN EXISTS (SELECT 1 FROM setting WHERE key = $3) THEN 'everything'
       WHEN EXISTS (SELECT 1 FROM registration WHERE id = $1 AND paused_at IS NOT NULL)
         THEN 'registration'
       WHEN EXISTS (SELECT 1 FROM course WHERE id = $2 AND paused_at IS NOT NULL) THEN 'course'
     END AS scope`,
    [run.registrationId, run.courseId, ENGINE_PAUSE],
  );
  return rows[0]!.scope;
}

/** Stops what waits, and asks what runs to stop at its next checkpoint. */
export async function pauseRuns(tx: Tx, target: PauseTarget): Promise<void> {
  const affected = condition(target);
  await tx.$executeRaw`UPDATE run SET state = 'paused' WHERE state = 'queued' AND ${affected}`;
  await tx.$executeRaw`
    UPDATE run SET pause_requested_at = now()
     WHERE state = 'running' AND pause_requested_at IS NULL AND ${affected}`;
}

/** Lets paused runs go on that no other pause holds, and returns them for the queue. */
export async function resumeRuns(
  tx: Tx,
  target: PauseTarget,
): Promise<{ id: string; registrationId: string }[]> {
  const affected = condition(target);
  await tx.$executeRaw`
    UPDATE run SET pause_requested_at = NULL WHERE state = 'running' AND ${affected}`;
  return tx.$queryRaw<{ id: string; registrationId: string }[]>`
    UPDATE run SET state = 'queued', not_before = NULL, wait_reason = NULL
     WHERE state = 'paused' AND ${affected}
       AND NOT EXISTS (SELECT 1 FROM setting WHERE key = ${ENGINE_PAUSE})
       AND NOT EXISTS (SELECT 1 FROM registration r
                        WHERE r.id = run.registration_id AND r.paused_at IS NOT NULL)
       AND NOT EXISTS (SELECT 1 FROM course c
                        WHERE c.id = run.course_id AND c.paused_at IS NOT NULL)
     RETURNING id, registration_id AS "registrationId"`;
}

function condition(target: PauseTarget): Prisma.Sql {
  if (target.scope === "everything") return Prisma.sql`true`;
  if (target.scope === "registration")
    return Prisma.sql`registration_id = ${target.registrationId}::uuid`;
  return Prisma.sql`course_id = ${target.courseId}::uuid`;
}

/** A queued run that turned out to be paused. */
export async function markPaused(db: Db, runId: string): Promise<void> {
  await db.pool.query("UPDATE run SET state = 'paused' WHERE id = $1 AND state = 'queued'", [
    runId,
  ]);
}
