import { actorName } from "#lib/auth/actor.ts";
import { snapshot, transaction, type Db } from "#lib/db/client.ts";
import type { MoveRefused } from "#lib/db/errors.ts";
import { hasCode } from "#lib/errors.ts";
import { RUN_ORDERS } from "#lib/db/runs/lists/conditions.ts";
import * as stored from "#lib/db/runs/lists/list.ts";
import { findRunParts } from "#lib/db/runs/lists/parts.ts";
import { MOST_COUNTED } from "#lib/db/lists/paging.ts";
import { findPause } from "#lib/db/system/pauses.ts";
import type { NewRun } from "#lib/db/runs/runs.ts";
import { isFinished, kindOf } from "#lib/sync/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf, seesNames } from "../permit.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { runQuery } from "./query.ts";
import { Conflict } from "../errors.ts";
import { refusePaused } from "./refuse-paused.ts";
import { courseTarget, registrationTarget } from "./targets.ts";
import { outcomeView, readerOf, runDetail, runView } from "./view.ts";
import {
  OutcomeFilter,
  type OutcomePage,
  RunFilter,
  RunStart,
  RunState,
  type RunDetail,
  type RunPage,
  type RunStarted,
  type RunView,
  ScoreOutcomeView,
} from "./schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

type RunId = { runId: string };

/**
 * Starts a sync and answers at once with its run; where the same sync is under way, with that.
 *
 * @throws Conflict  archived, paused, or the platform did not offer the service
 */
export async function startRun(asker: Asker, input: RunStart): Promise<RunStarted> {
  const start = validated(RunStart, input);
  const { courseId, registrationId } = { registrationId: undefined, ...start };
  const caller = await permit(asker, "runs:write", { courseId, registrationId });
  return transaction(caller.db, (tx) => startRunIn(tx, caller, start));
}

/** `startRun` as a part of something larger. */
export async function startRunIn(tx: Db, caller: Caller, start: RunStart): Promise<RunStarted> {
  const { kind } = start;
  const target =
    "registrationId" in start && start.registrationId !== undefined
      ? await registrationTarget(tx, start.registrationId, kind)
      : await courseTarget(tx, start.courseId ?? "", kind);
  const isPreview = "isPreview" in start && start.isPreview === true;
  return enqueue(caller, tx, { kind, isPreview, ...target });
}

/** Newest first, unless `sort` says otherwise. */
export async function listRuns(asker: Asker, filter: Partial<RunFilter>): Promise<RunPage> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, sort, ...conditions } = validated(RunFilter, filter);
  const order = orderOf(RUN_ORDERS, sort);
  const { rows, keys, counts } = await stored.listRuns(caller.db, {
    ...runQuery(conditions),
    within: registrationsOf(caller.actor),
    hidesNames: !seesNames(caller.actor),
    order,
    isByTime: sort === "createdAt" || sort === "-createdAt",
    after: afterOf(cursor, sort, order),
    limit: limit + 1,
  });
  const reader = readerOf(caller);
  const wanted = Object.entries(counts).filter(
    ([state]) => !conditions.state || conditions.state.some((each) => each === state),
  );
  const page = pageFrom({
    rows,
    limit,
    total: wanted.reduce((sum, [, count]) => sum + count, 0),
    nextCursor: () => sortedCursor(sort, keys[limit - 1]!),
    view: (row) => runView(row, reader),
  });
  return { ...page, ...capped(RunState.options, counts) };
}

/** Everything as it stands at one moment, so that counts of the run and of its parts agree. */
export async function getRun(asker: Asker, { runId }: RunId): Promise<RunDetail> {
  const caller = await permit(asker, "read", { runId });
  return snapshot(caller.db, async (tx) => {
    const run = await required(tx, runId);
    const parts = await findRunParts(tx, run);
    const pause = isFinished(run.state) ? null : await findPause(tx, run);
    return runDetail(run, { parts, pause }, readerOf(caller));
  });
}

/**
 * Cancels a run that waits, and asks one that runs to stop after the calls in flight. What the
 * platform accepted by then stays there.
 *
 * @throws Conflict  the run is finished
 */
export async function cancelRun(asker: Asker, run: RunId): Promise<RunView> {
  const caller = await permit(asker, "runs:write", { runId: run.runId });
  return transaction(caller.db, (tx) => cancelRunIn(tx, caller, run));
}

/** `cancelRun` as a part of something larger. */
export async function cancelRunIn(tx: Db, caller: Caller, { runId }: RunId): Promise<RunView> {
  const before = await required(tx, runId);
  const by = actorName(caller.actor);
  const run = await caller.engine.cancelRun(tx, before.id, by).catch(asConflict);
  await audit(tx, caller, { action: "run.cancel", object: "run", objectId: run.id });
  return runView({ ...before, ...run }, readerOf(caller));
}

/**
 * Starts a new run over what failed in this one: courses that did not succeed, scores that
 * were rejected.
 *
 * @throws Conflict  the run is not finished, nothing in it failed, or its target is archived
 */
export async function retryRun(asker: Asker, run: RunId): Promise<RunStarted> {
  const caller = await permit(asker, "runs:write", { runId: run.runId });
  return transaction(caller.db, (tx) => retryRunIn(tx, caller, run));
}

/** `retryRun` as a part of something larger. */
export async function retryRunIn(tx: Db, caller: Caller, { runId }: RunId): Promise<RunStarted> {
  const before = await required(tx, runId);
  if (!isFinished(before.state)) throw new Conflict("the run is not finished");
  if (before.state === "succeeded") throw new Conflict("nothing in the run failed");
  const { kind, registrationId, courseId } = before;
  if (courseId === null) await registrationTarget(tx, registrationId, kind);
  else await courseTarget(tx, courseId, kind);
  const { takeUp } = kindOf(before);
  if (takeUp) {
    const { profile } = await caller.engine.loadRegistration(registrationId);
    await takeUp(tx, { runId: before.id, profile });
  }
  const { isPreview, appliesId } = before;
  const target = { kind, registrationId, courseId, isPreview, appliesId };
  return enqueue(caller, tx, { ...target, retryOfId: before.id });
}

/** What became of each score in a grade sync, in the order it happened unless `sort` turns it. */
export async function listOutcomes(
  asker: Asker,
  { runId, ...filter }: RunId & Partial<OutcomeFilter>,
): Promise<OutcomePage> {
  const caller = await permit(asker, "read", { runId });
  const { cursor, limit, sort, ...conditions } = validated(OutcomeFilter, filter);
  const run = await required(caller.db, runId);
  const [id] = decodeCursor(cursor, ["number"]) ?? [];
  const after = id === undefined ? undefined : BigInt(id);
  const page = { newestFirst: sort === "-at", after, limit: limit + 1 };
  const query = { runId: run.id, ...conditions, ...page };
  const { rows, total, counts } = await stored.listOutcomes(caller.db, query);
  const list = pageFrom({
    rows,
    limit,
    total,
    nextCursor: (row) => encodeCursor([String(row.id)]),
    view: (row) => outcomeView(row, seesNames(caller.actor)),
  });
  return { ...list, ...capped(ScoreOutcomeView.shape.kind.options, counts) };
}

/** Counts of all that there are, the largest cut where counting stopped. */
function capped<Name extends string>(
  names: readonly Name[],
  counted: Partial<Record<Name, number>>,
): { counts: Record<Name, number>; cappedCounts: Name[] } {
  const counts = Object.fromEntries(
    names.map((name) => [name, Math.min(counted[name] ?? 0, MOST_COUNTED)]),
  ) as Record<Name, number>;
  return { counts, cappedCounts: names.filter((name) => (counted[name] ?? 0) > MOST_COUNTED) };
}

type RunTarget = Pick<
  NewRun,
  "kind" | "registrationId" | "courseId" | "retryOfId" | "isPreview" | "appliesId"
>;

async function enqueue(caller: Caller, tx: Db, target: RunTarget): Promise<RunStarted> {
  await refusePaused(tx, target);
  const { run, alreadyActive } = await caller.engine.enqueueRun(tx, {
    ...target,
    trigger: caller.actor.kind === "api_key" ? "api" : "operator",
    startedBy: actorName(caller.actor),
  });
  if (!alreadyActive) {
    const { kind, registrationId, courseId, isPreview } = run;
    const detail = { kind, registrationId, courseId, ...(isPreview && { isPreview }) };
    await audit(tx, caller, { action: "run.start", object: "run", objectId: run.id, detail });
  }
  return { run: runView(await required(tx, run.id), readerOf(caller)), alreadyActive };
}

async function required(tx: Db, runId: string): Promise<stored.NamedRun> {
  return byId("run", runId, (id) => stored.findRun(tx, id));
}

function asConflict(error: unknown): never {
  if (hasCode<MoveRefused>(error, "sync.move_refused"))
    throw new Conflict(`the run has ${stateWords(error.from)}`);
  throw error;
}

function stateWords(state: string): string {
  return state === "cancelled" ? "been cancelled" : state.replace("_", " ");
}
