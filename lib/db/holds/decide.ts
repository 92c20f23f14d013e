import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { moveRuns } from "../runs/moves/move.ts";
import { closeHoldOnly, type HoldDecision } from "./holds.ts";
import { prepared } from "../rows/query.ts";
import { row } from "../rows/shape.ts";
import { bool, uuid } from "../rows/types.ts";

/** Ends an open hold, its course's part of the run, and the run if nothing else keeps it. */
export async function closeHold(
  db: Db,
  hold: { id: string; runId: string; courseId: string },
  decision: HoldDecision,
): Promise<void> {
  await closeHoldOnly(db, hold, decision);
  await endHeldRun(db, hold.runId);
}

const openHoldRow = row({ id: uuid, runId: uuid, courseId: uuid });

/** A later sync read the roster again: what earlier ones held is its to decide. */
export async function supersedeHolds(
  db: Db,
  run: { runId: string; courseId: string },
): Promise<number> {
  const rows = await db.rows(openHoldRow, { ...OTHERS, values: [run.runId, run.courseId] });
  for (const hold of rows)
    await closeHold(db, hold, { state: "superseded", decidedBy: null, removed: 0 });
  return rows.length;
}

const OTHERS = prepared(`
  SELECT id, run_id AS "runId", course_id AS "courseId" FROM hold
   WHERE course_id = $2 AND state = 'open' AND run_id <> $1 FOR UPDATE`);

const partialRow = row({ isPartial: bool });

/** A run that only waited for its holds ends with the last of them. */
export async function endHeldRun(db: Db, runId: string): Promise<void> {
  const rows = await db.rows(
    partialRow,
    `SELECT EXISTS (SELECT FROM run_course WHERE run_id = $1::uuid
                       AND state IN ('failed', 'skipped')) AS "isPartial"`,
    [runId],
  );
  const isDecided = Prisma.sql`
    run.id = ${runId}::uuid AND run.state = 'held'
    AND NOT EXISTS (SELECT FROM run_course part
                     WHERE part.run_id = run.id AND part.state = 'held')`;
  const state = rows[0]!.isPartial ? "partly_succeeded" : "succeeded";
  await moveRuns(db, "decide", isDecided, state);
}
