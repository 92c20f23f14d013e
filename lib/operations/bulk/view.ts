import type { Untouched } from "#lib/db/bulk/matching.ts";
import { objectNames, type BulkProblem } from "#lib/db/bulk/operations.ts";
import type { Db } from "#lib/db/client.ts";
import type { BulkOperation } from "#lib/db/generated/client.ts";
import { filterWords } from "./filter-words.ts";
import type { BulkAction, BulkView } from "./schema.ts";

export async function bulkView(tx: Db, operation: BulkOperation): Promise<BulkView> {
  const filter = operation.filter as BulkView["filter"];
  return {
    id: operation.id,
    action: operation.action as BulkAction,
    filter,
    filterWords: await filterWords(tx, filter),
    state: stateOf(operation),
    total: operation.total,
    done: operation.done,
    skipped: operation.skipped,
    failed: operation.failed,
    untouched: operation.untouched as Untouched[],
    problems: await problemsOf(tx, operation),
    startedBy: operation.startedBy,
    createdAt: operation.createdAt.toISOString(),
    finishedAt: operation.finishedAt?.toISOString() ?? null,
  };
}

function stateOf({ state, cancelRequestedAt }: BulkOperation): BulkView["state"] {
  if (state === "running") return cancelRequestedAt ? "cancelling" : "running";
  return state === "done" ? "done" : "cancelled";
}

type Kind = Parameters<typeof objectNames>[1];

async function problemsOf(tx: Db, operation: BulkOperation): Promise<BulkView["problems"]> {
  const problems = operation.problems as BulkProblem[];
  if (problems.length === 0) return [];
  const kind = operation.action.split(".")[0] as Kind;
  const names = await objectNames(
    tx,
    kind,
    problems.map(({ objectId }) => objectId),
  );
  return problems.map((problem) => ({ ...problem, name: names.get(problem.objectId) ?? null }));
}
