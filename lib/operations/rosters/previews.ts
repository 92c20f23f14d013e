import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { Run } from "#lib/db/generated/client.ts";
import { countRosterChanges, type RosterChangeCount } from "#lib/db/rosters/changes/change-list.ts";
import { discardPreviewed, movedCourses } from "#lib/db/rosters/changes/previews.ts";
import { isFinished } from "#lib/sync/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { Conflict } from "../errors.ts";
import { refusePaused } from "../runs/refuse-paused.ts";
import { courseTarget, registrationTarget } from "../runs/targets.ts";
import { getRun } from "../runs/runs.ts";
import { PreviewApply, type PreviewView } from "./schema.ts";
import type { RunStarted } from "../runs/schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

type RunId = { runId: string };

/** What a preview found and what became of it. */
export async function getPreview(asker: Asker, { runId }: RunId): Promise<PreviewView> {
  const caller = await permit(asker, "read", { runId });
  return viewOf(caller.db, await requiredPreview(caller.db, runId));
}

/**
 * Starts a run that writes exactly what the preview found; the platform is not asked again.
 *
 * @throws Conflict  the roster changed since the preview, nothing is left of it to apply, or what it
 *                   is about is archived
 */
export async function applyPreview(
  asker: Asker,
  { runId, ...input }: RunId & PreviewApply,
): Promise<RunStarted> {
  const caller = await permit(asker, "runs:write", { runId });
  const { withoutRemovals } = validated(PreviewApply, input);
  const started = await transaction(caller.db, async (tx) => {
    const preview = await requiredPreview(tx, runId);
    await requireOpen(tx, preview);
    await refusePaused(tx, preview);
    const { registrationId, courseId } = preview;
    if (courseId === null) await registrationTarget(tx, registrationId, preview.kind);
    else await courseTarget(tx, courseId, preview.kind);
    if (withoutRemovals) await discardPreviewed(tx, preview.id, { onlyRemovals: true });
    const { run, alreadyActive } = await caller.engine.enqueueRun(tx, {
      kind: "roster_sync",
      registrationId,
      courseId,
      appliesId: preview.id,
      trigger: caller.actor.kind === "api_key" ? "api" : "operator",
      startedBy: actorName(caller.actor),
    });
    await audit(tx, caller, {
      action: "preview.apply",
      object: "run",
      objectId: preview.id,
      detail: { runId: run.id, withoutRemovals },
    });
    await notify(tx, { runId: preview.id, registrationId });
    return { id: run.id, alreadyActive };
  });
  const run = await getRun(caller, { runId: started.id });
  return { run, alreadyActive: started.alreadyActive };
}

/** @throws Conflict  the preview is under way, applied, or has nothing to discard */
export async function discardPreview(asker: Asker, { runId }: RunId): Promise<PreviewView> {
  const caller = await permit(asker, "runs:write", { runId });
  await transaction(caller.db, async (tx) => {
    const preview = await requiredPreview(tx, runId);
    const { state } = await viewOf(tx, preview);
    if (state !== "open" && state !== "moved") throw new Conflict(REFUSALS[state]);
    await discardPreviewed(tx, preview.id, { onlyRemovals: false });
    await audit(tx, caller, {
      action: "preview.discard",
      object: "run",
      objectId: preview.id,
    });
    await notify(tx, { runId: preview.id, registrationId: preview.registrationId });
  });
  return getPreview(caller, { runId });
}

const REFUSALS = {
  under_way: "the preview is not finished",
  nothing: "the preview found nothing to change",
  applied: "the preview was applied before",
  discarded: "the preview was discarded",
};

async function requireOpen(tx: Db, preview: Run): Promise<void> {
  const { state, movedCourses: moved } = await viewOf(tx, preview);
  if (state === "open") return;
  if (state !== "moved") throw new Conflict(REFUSALS[state]);
  const where = moved.length === 1 ? ` (${moved[0]!.title})` : ` (${moved.length} courses)`;
  throw new Conflict(`the roster changed since this preview${where}; preview it again`);
}

async function viewOf(tx: Db, preview: Run): Promise<PreviewView> {
  const [counts, applied, moved] = await Promise.all([
    countRosterChanges(tx, { runId: preview.id }),
    tx.prisma.run.findMany({
      where: { appliesId: preview.id, state: { notIn: ["failed", "cancelled"] } },
      select: { id: true },
    }),
    movedCourses(tx, preview.id),
  ]);
  const found = foundOf(counts);
  const open = counts.filter(({ state }) => state === "previewed");
  const state = stateOf({
    isUnderWay: !isFinished(preview.state),
    isApplied: applied.length > 0,
    hasAny: counts.length > 0,
    hasOpen: open.length > 0,
    hasMoved: moved.length > 0,
  });
  const known = found.changed + found.added + found.restored;
  return {
    runId: preview.id,
    state,
    found,
    same: Math.max(0, preview.membersSeen - known),
    movedCourses: state === "moved" ? moved : [],
    appliedBy: applied.map(({ id }) => id),
  };
}

type Facts = Record<"isUnderWay" | "isApplied" | "hasAny" | "hasOpen" | "hasMoved", boolean>;

function stateOf(facts: Facts): PreviewView["state"] {
  if (facts.isUnderWay) return "under_way";
  if (facts.isApplied) return "applied";
  if (!facts.hasAny) return "nothing";
  if (!facts.hasOpen) return "discarded";
  return facts.hasMoved ? "moved" : "open";
}

function foundOf(counts: RosterChangeCount[]): PreviewView["found"] {
  const found = { added: 0, changed: 0, removed: 0, restored: 0 };
  for (const { kind, count } of counts) found[kind] += count;
  return found;
}

async function requiredPreview(tx: Db, runId: string): Promise<Run> {
  return byId("preview", runId, (id) =>
    tx.prisma.run.findUnique({ where: { id, isPreview: true } }),
  );
}
