import { chunksOf } from "#lib/chunks.ts";
import { insertAuditEntry } from "#lib/db/audit/entries.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { findPause } from "#lib/db/system/pauses.ts";
import { SPREAD_OUT } from "#lib/db/runs/runs.ts";
import { notify } from "#lib/db/changes.ts";
import { formatBlackout } from "#lib/format.ts";
import { lockSchedule, noteFiring, type FiringSchedule } from "#lib/db/schedules/schedules.ts";
import { kindOf } from "../kinds/index.ts";
import type { RunQueue } from "../queue/index.ts";
import { PAUSE_WORDS } from "../pacing/may-begin.ts";
import { startRun } from "../runs/start.ts";
import { blackoutAt } from "./blackout.ts";
import { startTime } from "./start-time.ts";

/** So many runs are started in one transaction. */
const AT_ONCE = 200;

export type FiringDeps = {
  db: Db;
  queue: Pick<RunQueue, "send" | "bringForward">;
  now: () => Date;
  random: () => number;
};

/**
 * Starts what a schedule whose time has come is for, or notes why not: one run, or one for each
 * course whose scores wait. A run of the same target that is under way is used instead.
 */
export async function fireSchedule(
  deps: FiringDeps,
  scheduleId: string,
  signal?: AbortSignal,
): Promise<void> {
  const courses = await transaction(deps.db, async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId);
    if (!schedule?.isEnabled) return [];
    const kind = kindOf(schedule).schedule;
    const due = await kind.due(tx, schedule);
    const at = deps.now();
    const skipped = await skipReason(tx, schedule, at);
    if (skipped === null && due.length > 0) return due;
    await note(tx, schedule, { at, runId: null, skipped: skipped ?? kind.nothingDue });
    return [];
  });
  // What is cut short is fired again, and finds the runs that it has started.
  const chunks = chunksOf(courses, AT_ONCE);
  for (const [index, chunk] of chunks.entries()) {
    signal?.throwIfAborted();
    if (!(await startChunk(deps, scheduleId, { chunk, isFirst: index === 0 }))) return;
  }
}

/** False where the schedule has no turn now, or was switched off meanwhile. */
async function startChunk(
  deps: FiringDeps,
  scheduleId: string,
  { chunk, isFirst }: { chunk: (string | null)[]; isFirst: boolean },
): Promise<boolean> {
  return transaction(deps.db, async (tx) => {
    const schedule = await lockSchedule(tx, scheduleId);
    if (!schedule?.isEnabled) return false;
    const at = deps.now();
    const skipped = await skipReason(tx, schedule, at);
    const runIds: string[] = [];
    if (skipped === null)
      for (const courseId of chunk) runIds.push(await start(tx, deps, schedule, courseId));
    if (isFirst) await note(tx, schedule, { at, runId: runIds[0] ?? null, skipped });
    return skipped === null;
  });
}

async function note(
  tx: Db,
  { id, registrationId, courseId }: FiringSchedule,
  firing: Parameters<typeof noteFiring>[2],
): Promise<void> {
  await noteFiring(tx, id, firing);
  await notify(tx, { registrationId, courseId: courseId ?? undefined });
}

async function skipReason(tx: Db, schedule: FiringSchedule, at: Date): Promise<string | null> {
  const { registration, course, blackouts, timeZone } = schedule;
  if (registration.archivedAt || course?.archivedAt) return "it is archived";
  if (registration.state !== "active") return "the registration is not approved";
  const pause = await findPause(tx, schedule);
  if (pause) return `${PAUSE_WORDS[pause.scope]}, by ${pause.by}`;
  const blackout = blackoutAt(blackouts, at, timeZone);
  if (!blackout) return null;
  return `inside the blackout ${formatBlackout(blackout)} (${timeZone})`;
}

async function start(
  tx: Db,
  deps: FiringDeps,
  schedule: FiringSchedule,
  courseId: string | null,
): Promise<string> {
  const { kind, registrationId, jitterSeconds, blackouts, timeZone } = schedule;
  const now = deps.now();
  const at = startTime({ now, jitterSeconds, blackouts, timeZone, random: deps.random });
  const waits = jitterSeconds > 0 && at > now;
  const { run, alreadyActive } = await startRun(tx, deps.queue, {
    kind,
    registrationId,
    courseId,
    trigger: "schedule",
    startedBy: schedule.createdBy,
    scheduleId: schedule.id,
    ...(waits && { notBefore: at, waitReason: spreadWords(jitterSeconds) }),
  });
  if (alreadyActive) return run.id;
  await insertAuditEntry(tx, {
    actor: schedule.createdBy,
    source: "schedule",
    action: "run.start",
    object: "run",
    objectId: run.id,
    detail: { kind, registrationId, courseId, scheduleId: schedule.id },
  });
  return run.id;
}

function spreadWords(jitterSeconds: number): string {
  return `${SPREAD_OUT} over ${Math.ceil(jitterSeconds / 60)} min`;
}
