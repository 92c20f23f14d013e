import { KEEP_RUN } from "../../courses/outcomes.ts";
import { notifySql } from "../../changes.ts";
import { transaction, type Db } from "../../client.ts";
import { LeaseLost, MoveRefused } from "../../errors.ts";
import { Prisma } from "../../generated/client.ts";
import { NOTE_ENDED } from "../../history/hours.ts";
import type { RunState } from "../../generated/enums.ts";
import type { NewRunEvent } from "../events.ts";
import { runsEnded } from "./ended.ts";
import {
  isFinished,
  MOVES,
  type Move,
  type MoveFacts,
  type MovedRun,
  type MoveName,
  type StateAfter,
  movedRow,
} from "./table.ts";
import { runState } from "../../rows/enums.ts";
import { row } from "../../rows/shape.ts";
import { int4, nothing } from "../../rows/types.ts";

const stateRow = row({ state: runState, lease: int4 });

/**
 * Moves one run, under the lease where one is given.
 *
 * @throws LeaseLost    another worker has the run, or it is deleted; nothing was written
 * @throws MoveRefused  its state does not allow it; nothing was written
 */
export async function moveRun<Name extends MoveName>(
  db: Db,
  name: Name,
  { runId, lease }: { runId: string; lease?: number },
  to: StateAfter<Name>,
  facts: MoveFacts = {},
): Promise<MovedRun> {
  const underLease = lease === undefined ? Prisma.empty : Prisma.sql`AND run.lease = ${lease}::int`;
  const which = Prisma.sql`run.id = ${runId}::uuid ${underLease}`;
  const [moved] = await moveRuns(db, name, which, to, facts);
  if (moved) return moved;
  const rows = await db.rows(stateRow, "SELECT state, lease FROM run WHERE id = $1::uuid", [runId]);
  const [run] = rows;
  if (!run || (lease !== undefined && run.lease !== lease)) throw new LeaseLost(runId, lease ?? 0);
  throw new MoveRefused(run.state, to);
}

const announcedRow = row({ ...movedRow.columns, pg_notify: nothing });

/**
 * Moves those of the chosen runs whose state allows it, with what belongs to the move, all of it or
 * nothing: event, parts, outcome of the course, what follows an end, and the signal to pages.
 */
export async function moveRuns<Name extends MoveName>(
  db: Db,
  name: Name,
  which: Prisma.Sql,
  to: StateAfter<Name>,
  facts: MoveFacts = {},
): Promise<MovedRun[]> {
  const move: Move = MOVES[name];
  if (!move.to.includes(to)) throw new MoveRefused(move.from[0]!, to);
  return transaction(db, async (tx) => {
    const moved = await tx.rows(announcedRow, statement(move, which, to, facts));
    if (moved.length === 0) return moved;
    await insertEvents(tx, moved, (run) => move.event(run, facts));
    if (isFinished(to)) await runsEnded(tx, moved, facts);
    return moved;
  });
}

function statement(move: Move, which: Prisma.Sql, to: RunState, facts: MoveFacts): Prisma.Sql {
  const { error, notBefore = null, waitReason = null, leaseMs = 0 } = facts;
  const detail = error?.detail === undefined ? null : JSON.stringify(error.detail);
  return Prisma.sql`
    WITH given AS (
      SELECT ${to}::run_state AS state, ${notBefore}::timestamptz AS not_before,
             ${waitReason}::text AS wait_reason, ${error?.code ?? null}::text AS error_code,
             ${error?.message ?? null}::text AS error_message, ${detail}::jsonb AS error_detail,
             ${leaseMs}::float8 AS lease_ms
    ), former AS (
      SELECT run.id, run.state, run.lease_until FROM run
       WHERE ${which} AND run.state = ANY (${[...move.from]}::run_state[])
       ORDER BY run.id FOR NO KEY UPDATE
    ), moved AS (
      UPDATE run SET state = given.state, ${Prisma.raw(move.set)}
        FROM former, given WHERE run.id = former.id
      RETURNING run.*, former.state AS former_state, former.lease_until AS former_until
    ) ${Prisma.raw(isFinished(to) ? `, ${SKIP_PARTS}, ${KEEP_RUN}, ${NOTE_ENDED}` : "")}
    SELECT id, kind, state, registration_id AS "registrationId", course_id AS "courseId",
           started_by AS "startedBy", lease, attempt, done, failed, skipped,
           former_state AS "formerState",
           CASE WHEN former_state = 'running' AND former_until > clock_timestamp()
                THEN extract(epoch FROM former_until - clock_timestamp())::float8 * 1000
                ELSE 0 END AS "formerMs",
           ${NOTIFY}
      FROM moved ORDER BY id`;
}

const NOTIFY = Prisma.raw(
  notifySql(`json_strip_nulls(json_build_object('runId', id,
    'registrationId', registration_id, 'courseId', course_id))::text`),
);

/** Courses that the run will not get to any more. */
const SKIP_PARTS = `
  skipped AS (
    UPDATE run_course part SET state = 'skipped', finished_at = now() FROM moved
     WHERE part.run_id = moved.id AND part.state IN ('pending', 'running'))`;

async function insertEvents(
  db: Db,
  runs: readonly MovedRun[],
  eventOf: (run: MovedRun) => NewRunEvent,
): Promise<void> {
  const events = runs.map(eventOf);
  await db.execute(
    `INSERT INTO run_event (run_id, level, kind, message, detail)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
    [
      runs.map(({ id }) => id),
      events.map(({ level = "info" }) => level),
      events.map(({ kind }) => kind),
      events.map(({ message }) => message),
      events.map(({ detail }) => (detail ? JSON.stringify(detail) : null)),
    ],
  );
}
