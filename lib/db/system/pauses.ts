import { notifySql } from "../changes.ts";
import { hasPendingSql } from "../scores/pending.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { moveRuns } from "../runs/moves/move.ts";
import type { MovedRun } from "../runs/moves/table.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { oneOf, uuid } from "../rows/types.ts";
import { readSetting } from "./settings.ts";

/** What a pause is about: everything, a registration, or a course. */
export type PauseTarget =
  | { scope: "everything" }
  | { scope: "registration"; registrationId: string }
  | { scope: "course"; courseId: string };

/** The setting that holds who paused everything, and when. */
export const ENGINE_PAUSE = "engine.paused";

/** Who paused what, and when. */
export type Pause = { scope: PauseTarget["scope"]; at: Date; by: string };

/** Sets or lifts the mark of a pause; runs are not touched. */
export async function markTarget(
  db: Db,
  target: PauseTarget,
  pause: { at: Date; by: string } | null,
): Promise<void> {
  const marks = { pausedAt: pause?.at ?? null, pausedBy: pause?.by ?? null };
  if (target.scope === "course")
    await db.prisma.course.update({ where: { id: target.courseId }, data: marks });
  else if (target.scope === "registration")
    await db.prisma.registration.update({ where: { id: target.registrationId }, data: marks });
  else if (!pause) await db.prisma.setting.deleteMany({ where: { key: ENGINE_PAUSE } });
  else {
    const value = { at: pause.at.toISOString(), by: pause.by };
    const data = { key: ENGINE_PAUSE, value };
    // Two who pause everything at once have both done so.
    await db.prisma.setting.createMany({ data: [data], skipDuplicates: true });
  }
}

/** The pause of everything, if there is one. */
export async function enginePause(db: Db): Promise<{ at: string; by: string } | null> {
  return (await readSetting(db, ENGINE_PAUSE)) as { at: string; by: string } | null;
}

/** The pause that keeps a target from being synced, the widest first. */
export async function findPause(
  db: Db,
  target: { registrationId: string; courseId: string | null },
): Promise<Pause | null> {
  const everything = await enginePause(db);
  if (everything) return { scope: "everything", at: new Date(everything.at), by: everything.by };
  const marks = { pausedAt: true, pausedBy: true };
  const registration = await db.prisma.registration.findUnique({
    where: { id: target.registrationId },
    select: marks,
  });
  if (registration?.pausedAt) return pauseOf("registration", registration);
  if (!target.courseId) return null;
  const course = await db.prisma.course.findUnique({
    where: { id: target.courseId },
    select: marks,
  });
  return course?.pausedAt ? pauseOf("course", course) : null;
}

function pauseOf(
  scope: Pause["scope"],
  { pausedAt, pausedBy }: { pausedAt: Date | null; pausedBy: string | null },
): Pause {
  return { scope, at: pausedAt ?? new Date(0), by: pausedBy ?? "" };
}

const scopeRow = row({ scope: oneOf(["everything", "registration", "course"]).nullable });

/** Which level keeps a run from going on, the widest first; null when none does. */
export async function pauseOver(
  db: Db,
  run: { registrationId: string; courseId: string | null },
): Promise<PauseTarget["scope"] | null> {
  const rows = await db.rows(
    scopeRow,
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

/** Held by a pause while it is set, and shared by whoever claims a run. */
export const PAUSE_LOCK = 7_285_321;

/** Pauses what waits, and asks what runs to stop at its next checkpoint. */
export async function pauseRuns(db: Db, target: PauseTarget, waitReason: string): Promise<void> {
  await db.execute("SELECT pg_advisory_xact_lock($1)", [PAUSE_LOCK]);
  const affected = condition(target);
  const waiting = Prisma.sql`run.state = 'queued' AND ${affected}`;
  await moveRuns(db, "pause", waiting, "paused", { waitReason });
  await db.execute(Prisma.sql`
    UPDATE run SET pause_requested_at = now()
     WHERE state = 'running' AND pause_requested_at IS NULL AND ${affected}
     RETURNING ${NOTIFY_OF_RUN}`);
  if (target.scope === "course") await skipCourse(db, target.courseId);
}

/** In runs over all courses of its registration a paused course has its turn no more. */
async function skipCourse(db: Db, courseId: string): Promise<void> {
  await db.execute(Prisma.sql`
    UPDATE run_course part SET state = 'skipped', error_code = ${COURSE_PAUSED.code},
           error_message = ${COURSE_PAUSED.message}, finished_at = now()
      FROM run
     WHERE run.id = part.run_id AND run.course_id IS NULL AND part.course_id = ${courseId}::uuid
       AND part.state = 'pending' AND run.state IN ('queued', 'running', 'paused')`);
}

/** Why a sync of all courses left one out. */
export const COURSE_PAUSED = { code: "sync.course_paused", message: "the course is paused" };

export const NOT_PAUSED = Prisma.sql`
  NOT EXISTS (SELECT 1 FROM setting WHERE key = ${ENGINE_PAUSE})
  AND NOT EXISTS (SELECT 1 FROM registration r
                   WHERE r.id = run.registration_id AND r.paused_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM course c
                   WHERE c.id = run.course_id AND c.paused_at IS NOT NULL)`;

/** Lets paused runs go on that no other pause holds, and returns them for the queue. */
export async function resumeRuns(db: Db, target: PauseTarget): Promise<MovedRun[]> {
  const affected = Prisma.sql`${condition(target)} AND ${NOT_PAUSED}`;
  await db.execute(Prisma.sql`
    UPDATE run SET pause_requested_at = NULL
     WHERE state = 'running' AND pause_requested_at IS NOT NULL AND ${affected}
     RETURNING ${NOTIFY_OF_RUN}`);
  return moveRuns(db, "resume", affected, "queued");
}

const NOTIFY_OF_RUN = Prisma.raw(
  notifySql("json_build_object('runId', id, 'registrationId', registration_id)::text"),
);

function condition(target: PauseTarget): Prisma.Sql {
  if (target.scope === "everything") return Prisma.sql`true`;
  if (target.scope === "registration")
    return Prisma.sql`registration_id = ${target.registrationId}::uuid`;
  return Prisma.sql`course_id = ${target.courseId}::uuid`;
}

/** A queued run that turned out to be paused. */
export async function markPaused(db: Db, runId: string, waitReason: string): Promise<void> {
  const which = Prisma.sql`run.id = ${runId}::uuid AND run.state = 'queued'`;
  await moveRuns(db, "pause", which, "paused", { waitReason });
}

const courseRow = row({
  courseId: uuid,
  registrationId: uuid,
});

export type CourseWithScores = RowOf<typeof courseRow>;

/**
 * Courses whose scores are sent as they come and wait although no run is to send them, nor any
 * pause holds them but the target's own.
 */
export async function coursesWithScoresDue(
  db: Db,
  target: PauseTarget,
): Promise<CourseWithScores[]> {
  return db.rows(
    courseRow,
    Prisma.sql`
    SELECT course.id AS "courseId", course.registration_id AS "registrationId"
      FROM (SELECT id, id AS course_id, registration_id, send_policy, paused_at, archived_at
              FROM course) course
      JOIN registration r ON r.id = course.registration_id
     WHERE course.send_policy = 'as_they_come'
       AND course.archived_at IS NULL AND r.archived_at IS NULL
       AND (${target.scope} = 'course' OR course.paused_at IS NULL)
       AND (${target.scope} = 'registration' OR r.paused_at IS NULL)
       AND (${target.scope} = 'everything'
            OR NOT EXISTS (SELECT 1 FROM setting WHERE key = ${ENGINE_PAUSE}))
       AND ${condition(target)}
       AND NOT EXISTS (SELECT 1 FROM run
                        WHERE run.course_id = course.id AND run.kind = 'grade_sync'
                          AND run.state IN ('queued', 'running', 'paused'))
       AND ${Prisma.raw(hasPendingSql("course.id"))}
     ORDER BY course.id`,
  );
}
