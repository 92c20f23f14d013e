import type { Db } from "../client.ts";
import type { Run } from "../generated/client.ts";
import type { RunKind, RunTrigger, TokenCase } from "../generated/enums.ts";
import { notify, notifySql } from "../changes.ts";
import { LeaseLost } from "../errors.ts";
import { lock } from "../locks/locks.ts";
import { prepared } from "../rows/query.ts";
import { PHASE_WORDS, phaseEventSql, type RunPhase } from "./phases.ts";
import { row } from "../rows/shape.ts";
import { bool, nothing } from "../rows/types.ts";

export type NewRun = {
  kind: RunKind;
  registrationId: string;
  courseId: string | null;
  trigger: RunTrigger;
  startedBy: string;
  retryOfId?: string | null;
  isPreview?: boolean;
  /** The preview whose changes the run applies. */
  appliesId?: string | null;
  scheduleId?: string | null;
  /** It does not begin before this time, and why. */
  notBefore?: Date | null;
  waitReason?: string | null;
};

/**
 * Keeps everyone else from starting or ending a run of the same kind and target until the
 * transaction is over.
 */
export async function lockTarget(
  db: Db,
  { kind, registrationId, courseId }: Pick<NewRun, "kind" | "registrationId" | "courseId">,
): Promise<void> {
  await lock(db, `${kind}:${registrationId}:${courseId ?? "all"}`);
}

/**
 * Stores a queued run, or returns the unfinished one for the same target: a second
 * click lands on the first run.
 */
export async function insertRun(
  db: Db,
  run: NewRun,
): Promise<{ run: Run; alreadyActive: boolean }> {
  await lockTarget(db, run);
  const active = await db.prisma.run.findFirst({
    where: {
      kind: run.kind,
      registrationId: run.registrationId,
      courseId: run.courseId,
      isPreview: run.isPreview ?? false,
      appliesId: run.appliesId ?? null,
      state: { in: ["queued", "running", "paused"] },
    },
  });
  if (active) return { run: active, alreadyActive: true };
  const created = await db.prisma.run.create({ data: run });
  await notify(db, changeOf(created));
  return { run: created, alreadyActive: false };
}

/** Why a scheduled run has not begun: schedules spread their runs over some time. */
export const SPREAD_OUT = "its schedule spreads the starts";

/** Lets a run begin that waits for nothing but its schedule's spread; false where it does not. */
export async function endSpread(db: Db, run: Run): Promise<boolean> {
  const { count } = await db.prisma.run.updateMany({
    where: { id: run.id, state: "queued", waitReason: { startsWith: SPREAD_OUT } },
    data: { notBefore: null, waitReason: null },
  });
  if (count > 0) await notify(db, changeOf(run));
  return count > 0;
}

/** The right to write to a run, until another worker claims it. */
export type Lease = {
  runId: string;
  lease: number;
  registrationId: string;
  courseId: string | null;
};

/** A queued run that a cool-down of its platform keeps from beginning, and until when. */
export async function markWaiting(
  db: Db,
  run: Run,
  wait: { until: Date; reason: string },
): Promise<void> {
  await db.execute(
    "UPDATE run SET not_before = $2, wait_reason = $3 WHERE id = $1 AND state = 'queued'",
    [run.id, wait.until, wait.reason],
  );
  await notify(db, changeOf(run));
}

export type RunProgress = Partial<{
  /** Begins it, with an event, unless the run is in it already. */
  phase: RunPhase;
  total: number | null;
  tokenCase: TokenCase;
  /** What the run waits for inside an attempt; null when it goes on. */
  wait: { until: Date; reason: string } | null;
  /** The run got somewhere, so that its attempts count from one again. */
  hasMoved: boolean;
  /** Added to what the run already counts. */
  add: Partial<
    Record<
      | "done"
      | "failed"
      | "members_seen"
      | "members_added"
      | "members_changed"
      | "members_removed"
      | "tokens_requested"
      | "tokens_reused"
      | "tokens_refreshed",
      number
    >
  >;
}>;

const askedRow = row({ cancelRequested: bool, pauseRequested: bool, pg_notify: nothing });

/** Writes progress under the lease and says whether someone asked to cancel. */
export async function saveProgress(
  db: Db,
  lease: Lease,
  progress: RunProgress,
): Promise<{ cancelRequested: boolean; pauseRequested: boolean }> {
  const values: unknown[] = [lease.runId, lease.lease];
  const sets = [`lease = run.lease`];
  const set = (column: string, value: unknown, expression: (parameter: string) => string) => {
    values.push(value);
    sets.push(`${column} = ${expression(`$${values.length}`)}`);
  };
  if (progress.total !== undefined) set("total", progress.total, (p) => p);
  if (progress.tokenCase !== undefined)
    set("token_case", progress.tokenCase, (p) => `${p}::token_case`);
  if (progress.wait !== undefined) {
    set("not_before", progress.wait?.until ?? null, (p) => p);
    set("wait_reason", progress.wait?.reason ?? null, (p) => p);
  }
  if (progress.hasMoved) sets.push("attempt = 1");
  for (const [column, by] of Object.entries(progress.add ?? {}))
    if (by) set(column, by, (p) => `run.${column} + ${p}`);
  const begins = progress.phase !== undefined && beginPhase(progress.phase, values, sets);
  values.push(JSON.stringify(changeOf(lease)));
  const statement = prepared(`
    ${begins || ""}
    UPDATE run SET ${sets.join(", ")} ${begins ? "FROM former" : ""}
     WHERE ${begins ? "run.id = former.id" : "id = $1 AND lease = $2 AND state = 'running'"}
     RETURNING cancel_requested_at IS NOT NULL AS "cancelRequested",
               pause_requested_at IS NOT NULL AS "pauseRequested",
               ${notifySql(`$${values.length}::text`)}`);
  const rows = await db.rows(askedRow, { ...statement, values });
  if (!rows[0]) throw new LeaseLost(lease.runId, lease.lease);
  return rows[0];
}

/** What stands before the update that begins a phase; `values` and `sets` get what is the phase's. */
function beginPhase(phase: RunPhase, values: unknown[], sets: string[]): string {
  values.push(phase, PHASE_WORDS[phase]);
  const [name, words] = [`$${values.length - 1}`, `$${values.length}`];
  sets.push(`phase = ${name}`);
  return `
    WITH former AS (
      SELECT id, phase FROM run WHERE id = $1 AND lease = $2 AND state = 'running'
         FOR NO KEY UPDATE),
    begun AS (${phaseEventSql(name, words)})`;
}

/** What pages that watch are told of a run. */
export function changeOf(
  run: { registrationId: string; courseId: string | null } & ({ id: string } | { runId: string }),
) {
  return {
    runId: "runId" in run ? run.runId : run.id,
    registrationId: run.registrationId,
    courseId: run.courseId ?? undefined,
  };
}
