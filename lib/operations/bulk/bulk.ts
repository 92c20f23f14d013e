import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { countMatching, insertTargets, namesMatching } from "#lib/db/bulk/matching.ts";
import * as stored from "#lib/db/bulk/operations.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { BulkOperation, Prisma } from "#lib/db/generated/client.ts";
import { audit } from "../audit/trail.ts";
import { matchingOf } from "./acts.ts";
import { bulkView } from "./view.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import { Conflict } from "../errors.ts";
import { filterWords } from "./filter-words.ts";
import { BulkFilter, BulkStart, type BulkPreview, type BulkView } from "./schema.ts";
import { momentsOf, type Page } from "../fields.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

const NAMED = 8;

type OperationId = { operationId: string };

/** What an operation would act on, and what it would leave alone, if it were started now. */
export async function previewBulk(asker: Asker, input: BulkStart): Promise<BulkPreview> {
  const start = validated(BulkStart, input);
  const { registrationId } = start.filter;
  const caller = await permit(asker, "runs:write", { registrationId });
  const { db } = caller;
  const matching = await matchingOf(db, start);
  const { targets, untouched } = await countMatching(db, matching);
  return {
    action: start.action,
    names: await namesMatching(db, matching, NAMED),
    filterWords: await filterWords(db, start.filter),
    total: untouched.reduce((sum, { count }) => sum + count, targets),
    targets,
    untouched,
  };
}

/**
 * Starts an operation on everything that matches now; what comes to match later is not touched.
 *
 * @throws InvalidInput  the filter is empty
 * @throws Conflict      nothing matches that the action applies to
 */
export async function startBulk(asker: Asker, input: BulkStart): Promise<BulkView> {
  const start = validated(BulkStart, input);
  const { registrationId } = start.filter;
  const caller = await permit(asker, "runs:write", { registrationId });
  const { action } = start;
  const operation = await transaction(caller.db, async (tx) => {
    const matching = await matchingOf(tx, start);
    const { untouched } = await countMatching(tx, matching);
    const skipped = untouched.reduce((sum, { count }) => sum + count, 0);
    const filter = start.filter as Prisma.InputJsonObject;
    const startedBy = actorName(caller.actor);
    const { id } = await tx.prisma.bulkOperation.create({
      data: { action, filter, startedBy, actor: caller.actor, untouched, skipped, total: skipped },
    });
    const targets = await insertTargets(tx, id, matching);
    if (targets === 0) throw new Conflict("nothing matches that this could be done to");
    await caller.engine.enqueueBulk(tx, id);
    const detail = { action, filter, targets };
    await audit(tx, caller, { action: "bulk.start", object: "bulk", objectId: id, detail });
    await notify(tx, { operationId: id });
    return tx.prisma.bulkOperation.update({ where: { id }, data: { total: skipped + targets } });
  });
  return viewOf(caller, operation);
}

/** Newest first. */
export async function listBulk(asker: Asker, filter: Partial<BulkFilter>): Promise<Page<BulkView>> {
  const caller = await permit(asker, "read", "within");
  const { cursor, limit, ...conditions } = validated(BulkFilter, filter);
  const after = BY_CREATION.decode(cursor);
  const within = registrationsOf(caller.actor);
  const page = { ...conditions, ...momentsOf(conditions), within, after, limit: limit + 1 };
  const { rows, total } = await stored.listBulkOperations(caller.db, page);
  const views = new Map<string, BulkView>();
  for (const row of rows.slice(0, limit)) views.set(row.id, await viewOf(caller, row));
  return pageFrom({
    rows,
    limit,
    total,
    nextCursor: BY_CREATION.encode,
    view: (row) => views.get(row.id)!,
  });
}

export async function getBulk(asker: Asker, { operationId }: OperationId): Promise<BulkView> {
  const caller = await permit(asker, "read", { operationId });
  return viewOf(caller, await required(caller.db, operationId));
}

/**
 * Stops an operation after the object that it is acting on. What it did stays done.
 *
 * @throws Conflict  the operation is finished
 */
export async function cancelBulk(asker: Asker, { operationId }: OperationId): Promise<BulkView> {
  const caller = await permit(asker, "runs:write", { operationId });
  const operation = await transaction(caller.db, async (tx) => {
    const { id, state, cancelRequestedAt } = await required(tx, operationId);
    if (state !== "running") throw new Conflict(`the operation is ${state}`);
    await audit(tx, caller, { action: "bulk.cancel", object: "bulk", objectId: id });
    await notify(tx, { operationId: id });
    const data = { cancelRequestedAt: cancelRequestedAt ?? caller.now() };
    return tx.prisma.bulkOperation.update({ where: { id }, data });
  });
  return viewOf(caller, operation);
}

async function viewOf({ db }: Caller, operation: BulkOperation): Promise<BulkView> {
  return bulkView(db, operation);
}

async function required(tx: Db, operationId: string): Promise<BulkOperation> {
  return byId("operation", operationId, (id) =>
    tx.prisma.bulkOperation.findUnique({ where: { id } }),
  );
}
