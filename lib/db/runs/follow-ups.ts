import type { Db } from "../client.ts";
import { Prisma, type Run } from "../generated/client.ts";
import { hasPendingSql } from "../scores/pending.ts";
import { runKind, runState, runTrigger } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, text, timestamptz, uuid } from "../rows/types.ts";

/** Notes that scores were pushed during a run, in the name of who did; the latest counts. */
export async function noteFollowUp(
  db: Db,
  runId: string,
  asked: Pick<Run, "trigger" | "startedBy">,
): Promise<void> {
  const { trigger, startedBy } = asked;
  await db.prisma.runFollowUp.upsert({
    where: { runId },
    create: { runId, trigger, startedBy },
    update: { trigger, startedBy, askedAt: new Date() },
  });
}

/** What was pushed during the run so far needs no run of its own. */
export async function forgetFollowUp(db: Db, runId: string): Promise<void> {
  await db.execute("DELETE FROM run_follow_up WHERE run_id = $1::uuid", [runId]);
}

const endedRow = row({ runId: uuid });

/** Ended runs during which scores were pushed that nobody has started a run for. */
export async function endedWithFollowUp(db: Db, runId?: string): Promise<string[]> {
  const rows = await db.rows(
    endedRow,
    `SELECT f.run_id AS "runId" FROM run_follow_up f JOIN run ON run.id = f.run_id
      WHERE run.finished_at IS NOT NULL AND ($1::uuid IS NULL OR run.id = $1)
      ORDER BY f.asked_at LIMIT 100`,
    [runId ?? null],
  );
  return rows.map((row) => row.runId);
}

const noteRow = row({ trigger: runTrigger, startedBy: text });

const followedRow = row({
  id: uuid,
  kind: runKind,
  state: runState,
  registrationId: uuid,
  courseId: uuid.nullable,
  attempt: int4,
  finishedAt: timestamptz.nullable,
});

export type FollowedRun = RowOf<typeof followedRow> & RowOf<typeof noteRow>;

/** Takes the note of an ended run, for one caller alone; null where nothing is left to send. */
export async function takeFollowUp(db: Db, runId: string): Promise<FollowedRun | null> {
  const [note] = await db.rows(
    noteRow,
    Prisma.sql`
    DELETE FROM run_follow_up WHERE run_id = ${runId}::uuid
    RETURNING trigger, started_by AS "startedBy"`,
  );
  if (!note) return null;
  const [run] = await db.rows(
    followedRow,
    Prisma.sql`
    SELECT run.id, run.kind, run.state, run.registration_id AS "registrationId",
           run.course_id AS "courseId", run.attempt, run.finished_at AS "finishedAt"
      FROM run JOIN course c ON c.id = run.course_id
      JOIN registration r ON r.id = run.registration_id
     WHERE run.id = ${runId}::uuid AND c.archived_at IS NULL AND r.archived_at IS NULL
       AND ${Prisma.raw(hasPendingSql("c.id"))}`,
  );
  return run ? { ...run, ...note } : null;
}
