import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/holds/list.ts";
import { closeHold } from "#lib/db/holds/decide.ts";
import type { Hold } from "#lib/db/generated/client.ts";
import {
  applyHeldRemovals,
  heldUserIds,
  restoreHeldRemovals,
  withdrawHeldRemovals,
} from "#lib/db/holds/holds.ts";
import { recountMembers } from "#lib/db/rosters/memberships.ts";
import { ServiceNotOffered } from "#lib/lti/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { permit, registrationsOf, seesNames } from "../permit.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { afterOf, orderOf, sortedCursor } from "../lists/sort.ts";
import { Conflict } from "../errors.ts";
import { heldMemberView, holdView } from "./view.ts";
import { startRun } from "../runs/runs.ts";
import { momentsOf, PageQuery, type Page } from "../fields.ts";
import {
  HoldFilter,
  type HeldMemberView,
  type HoldDecided,
  type HoldRestored,
  type HoldView,
} from "./schema.ts";
import type { RunStarted } from "../runs/schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

type HoldId = { holdId: string };

/** Newest first, unless `sort` says otherwise; those that are open when nothing else is asked for. */
export async function listHolds(
  asker: Asker,
  filter: Partial<HoldFilter>,
): Promise<Page<HoldView>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, sort, ...conditions } = validated(HoldFilter, filter);
  const order = orderOf(stored.HOLD_ORDERS, sort);
  const after = afterOf(cursor, sort, order);
  const within = registrationsOf(caller.actor);
  const query = { ...holdQuery(conditions), within, order, after, limit: limit + 1 };
  const { rows, keys, total } = await stored.listHolds(caller.db, query);
  const nextCursor = () => sortedCursor(sort, keys[limit - 1]!);
  const now = caller.now();
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => holdView(row, now) });
}

/** A filter of holds as the database takes it. */
export function holdQuery({
  state,
  ...filter
}: Omit<HoldFilter, "cursor" | "limit" | "sort">): stored.HoldConditions {
  return { ...filter, ...momentsOf(filter), state: state === "all" ? undefined : state };
}

export async function getHold(asker: Asker, { holdId }: HoldId): Promise<HoldView> {
  const caller = await permit(asker, "read", { holdId });
  return holdView(await required(caller.db, holdId), caller.now());
}

/** The people whose removal was held. */
export async function listHeldMembers(
  asker: Asker,
  { holdId, ...filter }: HoldId & Partial<PageQuery>,
): Promise<Page<HeldMemberView>> {
  const caller = await permit(asker, "read", { holdId });
  const { cursor, limit } = validated(PageQuery, filter);
  const names = seesNames(caller.actor);
  const { runId, courseId } = await required(caller.db, holdId);
  const [id] = decodeCursor(cursor, ["number"]) ?? [];
  const after = id === undefined ? undefined : BigInt(id);
  const query = { runId, courseId, after, limit: limit + 1 };
  const { rows, total } = await stored.listHeldMembers(caller.db, query);
  const nextCursor = (row: stored.HeldMemberRow) => encodeCursor([String(row.id)]);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => heldMemberView(row, names) });
}

/**
 * Reads the course's roster once more, and removes exactly the people the hold names who are still
 * members and whom the roster still does not list.
 *
 * @throws Conflict  somebody, or a later sync, decided before
 * @throws LtiError | RosterIncomplete  the roster could not be read to its end; nobody was removed
 */
export async function approveHold(asker: Asker, { holdId }: HoldId): Promise<HoldDecided> {
  const caller = await permit(asker, "runs:write", { holdId });
  const back = await backOnRoster(caller, holdId);
  return decide(caller, holdId, { state: "approved", back });
}

/**
 * Keeps everybody the hold names. A later whole roster that does not list them decides again.
 *
 * @throws Conflict  somebody, or a later sync, decided before
 */
export async function discardHold(asker: Asker, { holdId }: HoldId): Promise<HoldDecided> {
  const caller = await permit(asker, "runs:write", { holdId });
  return decide(caller, holdId, { state: "discarded" });
}

/**
 * Takes back everybody whom the hold's approval removed and who is still removed by it. A later
 * whole roster that does not list them decides again.
 *
 * @throws Conflict  its removals were not approved, or nobody is left to take back
 */
export async function restoreHold(asker: Asker, { holdId }: HoldId): Promise<HoldRestored> {
  const caller = await permit(asker, "runs:write", { holdId });
  const restored = await transaction(caller.db, async (tx) => {
    const hold = await byId("hold", holdId, (id) => stored.lockHold(tx, id));
    if (hold.state !== "approved") throw new Conflict("nobody was removed by this hold");
    const userIds = await restoreHeldRemovals(tx, hold);
    if (userIds.length === 0) throw new Conflict("everybody was taken back, or removed again");
    await recountMembers(tx, hold.courseId);
    const { runId, courseId, registrationId } = hold;
    await audit(tx, caller, {
      action: "hold.restore",
      object: "hold",
      objectId: hold.id,
      detail: { courseId, runId, restored: userIds.length },
    });
    await notify(tx, { runId, courseId, registrationId });
    return userIds.length;
  });
  return { hold: await getHold(caller, { holdId }), restored };
}

/** Reads the course's roster again; what it finds takes the place of this hold. */
export async function checkHoldAgain(asker: Asker, { holdId }: HoldId): Promise<RunStarted> {
  const caller = await permit(asker, "runs:write", { holdId });
  const hold = await required(caller.db, holdId);
  if (hold.state !== "open") throw decided(hold.state);
  return startRun(caller, { kind: "roster_sync", courseId: hold.courseId });
}

type Decision = { state: "approved"; back: string[] } | { state: "discarded" };

async function decide(caller: Caller, holdId: string, decision: Decision): Promise<HoldDecided> {
  const removed = await transaction(caller.db, (tx) => decideHoldIn(tx, caller, holdId, decision));
  const hold = await getHold(caller, { holdId });
  return { hold, removed, stayed: hold.removals - removed };
}

/**
 * Whom an open hold names and its course's roster, read at this moment, lists again.
 *
 * @throws LtiError | RosterIncomplete  the roster could not be read to its end
 */
export async function backOnRoster(caller: Caller, holdId: string): Promise<string[]> {
  const { db, engine } = caller;
  const hold = await required(db, holdId);
  if (hold.state !== "open") throw decided(hold.state);
  const { registrationId, membershipsUrl, scopes } = await requiredCourse(db, hold.courseId);
  if (membershipsUrl === null) throw new ServiceNotOffered("memberships");
  const named = await heldUserIds(db, hold);
  const absent = await engine.whoIsAbsent({ registrationId, membershipsUrl, scopes }, named);
  return named.filter((userId) => !absent.has(userId));
}

/** Decides as a part of something larger, and returns how many were removed. */
export async function decideHoldIn(
  tx: Db,
  caller: Caller,
  holdId: string,
  decision: Decision,
): Promise<number> {
  const { state } = decision;
  const hold = await byId("hold", holdId, (id) => stored.lockHold(tx, id));
  if (hold.state !== "open") throw decided(hold.state);
  const gone = decision.state === "approved" ? await removeHeld(tx, hold, decision.back) : 0;
  const decidedBy = actorName(caller.actor);
  await closeHold(tx, hold, { state, decidedBy, removed: gone });
  if (gone > 0) await recountMembers(tx, hold.courseId);
  const { runId, courseId, registrationId, removals } = hold;
  await tx.prisma.runEvent.create({
    data: {
      runId,
      kind: `hold.${state}`,
      message:
        state === "approved"
          ? `${decidedBy} approved the held removals: ${gone} of ${removals} removed${stayedWords(removals - gone)}`
          : `${decidedBy} discarded the held removals: ${removals} people stay`,
      detail: { courseId, holdId: hold.id },
    },
  });
  await audit(tx, caller, {
    action: state === "approved" ? "hold.approve" : "hold.discard",
    object: "hold",
    objectId: hold.id,
    detail: { courseId, runId, rule: hold.rule, removals, removed: gone, stayed: removals - gone },
  });
  await notify(tx, { runId, courseId, registrationId });
  return gone;
}

async function removeHeld(tx: Db, hold: Hold, back: readonly string[]): Promise<number> {
  await withdrawHeldRemovals(tx, hold.courseId, back);
  return applyHeldRemovals(tx, hold);
}

function stayedWords(stayed: number): string {
  return stayed > 0 ? `, ${stayed} are back on the roster and stay` : "";
}

async function required(tx: Db, holdId: string): Promise<stored.HoldRow> {
  return byId("hold", holdId, (id) => stored.findHold(tx, id));
}

function decided(state: string): Conflict {
  const words = state === "superseded" ? "superseded by a later sync" : state;
  return new Conflict(`the hold has been ${words}`);
}
