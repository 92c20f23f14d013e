import type { Actor } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import * as stored from "#lib/db/bulk/operations.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { isDatabaseDown } from "#lib/db/errors.ts";
import type { BulkOperation } from "#lib/db/generated/client.ts";
import { CodedError, isCodedError } from "#lib/errors.ts";
import type { PerformBulk } from "#lib/sync/index.ts";
import { ACTS } from "./acts.ts";
import type { Caller } from "../caller.ts";
import { Conflict, NotFound } from "../errors.ts";
import { BulkAction } from "./schema.ts";

/** Another process works the operation; this one may write nothing more. */
class OperationTakenOver extends CodedError {
  readonly code = "operation.taken_over" as const;

  constructor(readonly operationId: string) {
    super(`another process works operation ${operationId}`);
  }
}

const PAGE = 100;

/**
 * Works bulk operations in the name of who asked. Each object is acted on and passed in one
 * transaction, so that a process killed at any moment repeats and leaves out nothing.
 */
export function createBulkPerformer(deps: {
  db: Db;
  callerFor: (actor: Actor) => Caller;
  onError: (error: unknown) => void;
}): PerformBulk {
  const { db } = deps;

  return async (operationId, signal) => {
    const operation = await db.prisma.bulkOperation.findUnique({ where: { id: operationId } });
    if (operation?.state !== "running") return undefined;
    try {
      const end = await workThrough(operation, signal);
      if (end === "handed_back") return { again: new Date() };
      await transaction(db, async (tx) => {
        await stored.endBulkOperation(tx, operationId, end);
        await notify(tx, { operationId });
      });
    } catch (error) {
      if (!(error instanceof OperationTakenOver)) throw error;
    }
    return undefined;
  };

  async function workThrough(
    operation: BulkOperation,
    signal: AbortSignal,
  ): Promise<"done" | "cancelled" | "handed_back"> {
    if (operation.cancelRequestedAt) return "cancelled";
    const { id } = operation;
    let { position } = operation;
    for (;;) {
      const page = await stored.nextTargets(db, { id, position }, PAGE);
      if (page.length === 0) return "done";
      for (const target of page) {
        if (signal.aborted) return "handed_back";
        const { cancelRequested } = await deal(operation, target);
        position = target.position;
        if (cancelRequested) return "cancelled";
      }
    }
  }

  async function deal(operation: BulkOperation, target: stored.BulkTarget) {
    const act = ACTS[BulkAction.parse(operation.action)];
    const caller = deps.callerFor(operation.actor as Actor);
    try {
      const deed = await act(caller, target.objectId);
      return await pass(operation, target, deed);
    } catch (error) {
      if (error instanceof OperationTakenOver || isDatabaseDown(error)) throw error;
      if (!isCodedError(error)) deps.onError(error);
      const isSkipped = error instanceof Conflict || error instanceof NotFound;
      const outcome = isSkipped ? "skipped" : "failed";
      const reason = isCodedError(error) ? error.message : "unexpected error";
      return pass(operation, target, async () => reason, outcome);
    }
  }

  /** Acts and moves on in one transaction; with a reason the object counts as `otherwise`. */
  async function pass(
    { id }: BulkOperation,
    target: stored.BulkTarget,
    act: (tx: Parameters<typeof stored.passTarget>[0]) => Promise<string | undefined>,
    otherwise: "skipped" | "failed" = "skipped",
  ): Promise<{ cancelRequested: boolean }> {
    return transaction(db, async (tx) => {
      const reason = await act(tx);
      const outcome = reason === undefined ? "done" : otherwise;
      const passed = await stored.passTarget(tx, id, target, { outcome, reason });
      if (!passed) throw new OperationTakenOver(id);
      await notify(tx, { operationId: id });
      return passed;
    });
  }
}
