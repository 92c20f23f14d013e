import type { Db } from "../client.ts";
import { Prisma, type BulkOperation } from "../generated/client.ts";
import { countUpToMost, isWithin, where, type Window, type Within } from "../lists/paging.ts";
import { idRow, row } from "../rows/shape.ts";
import { bool, text, uuid } from "../rows/types.ts";

export type BulkOutcome = "done" | "skipped" | "failed";

/** Why one object was not acted on. */
export type BulkProblem = {
  objectId: string;
  outcome: Exclude<BulkOutcome, "done">;
  reason: string;
};

const PROBLEMS_KEPT = 50;

export type BulkConditions = {
  action?: string;
  state?: "running" | "cancelling" | "done" | "cancelled";
  /** Part of the name of who started it. */
  actor?: string;
  since?: Date;
  until?: Date;
  within?: Within;
};

function bulkConditions({ action, state, actor, since, until, within }: BulkConditions) {
  const isCancelling = Prisma.sql`state = 'running' AND cancel_requested_at IS NOT NULL`;
  return [
    isWithin(Prisma.sql`(filter->>'registrationId')::uuid`, within),
    action !== undefined && Prisma.sql`action = ${action}`,
    state === "cancelling" && isCancelling,
    state === "running" && Prisma.sql`state = 'running' AND cancel_requested_at IS NULL`,
    (state === "done" || state === "cancelled") && Prisma.sql`state = ${state}`,
    actor !== undefined && Prisma.sql`position(lower(${actor}) IN lower(started_by)) > 0`,
    since && Prisma.sql`created_at >= ${since}`,
    until && Prisma.sql`created_at < ${until}`,
  ];
}

/** Newest first. */
export async function listBulkOperations(
  db: Db,
  { after, limit, ...filter }: Window<{ createdAt: Date; id: string }> & BulkConditions,
): Promise<{ rows: BulkOperation[]; total: number }> {
  const isAfter = after && Prisma.sql`(created_at, id) < (${after.createdAt}, ${after.id}::uuid)`;
  const conditions = bulkConditions(filter);
  const [ids, total] = await Promise.all([
    db.rows(
      idRow,
      Prisma.sql`
      SELECT id FROM bulk_operation ${where([...conditions, isAfter])}
       ORDER BY created_at DESC, id DESC LIMIT ${limit}`,
    ),
    countUpToMost(db, Prisma.sql`FROM bulk_operation ${where(conditions)}`),
  ]);
  const rows = await db.prisma.bulkOperation.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return { rows, total };
}

export type BulkTarget = { position: number; objectId: string };

/** The next objects to act on. */
export async function nextTargets(
  db: Db,
  { id, position }: Pick<BulkOperation, "id" | "position">,
  limit: number,
): Promise<BulkTarget[]> {
  return db.prisma.bulkTarget.findMany({
    where: { operationId: id, position: { gt: position } },
    orderBy: { position: "asc" },
    take: limit,
    select: { position: true, objectId: true },
  });
}

const passedRow = row({ cancelRequested: bool });

/**
 * Moves an operation past one target, in the transaction that acted on it. Null when the
 * operation is not where the caller thought: somebody else works it.
 */
export async function passTarget(
  db: Db,
  operationId: string,
  { position, objectId }: BulkTarget,
  { outcome, reason }: { outcome: BulkOutcome; reason?: string },
): Promise<{ cancelRequested: boolean } | null> {
  const problem = reason === undefined ? "[]" : JSON.stringify([{ objectId, outcome, reason }]);
  const one = (kind: BulkOutcome) => (outcome === kind ? 1 : 0);
  const rows = await db.rows(
    passedRow,
    Prisma.sql`
    UPDATE bulk_operation
       SET position = ${position}, done = done + ${one("done")}::int,
           skipped = skipped + ${one("skipped")}::int, failed = failed + ${one("failed")}::int,
           problems = CASE WHEN jsonb_array_length(problems) < ${PROBLEMS_KEPT}::int
                           THEN problems || ${problem}::jsonb ELSE problems END
     WHERE id = ${operationId}::uuid AND position = ${position - 1} AND state = 'running'
    RETURNING cancel_requested_at IS NOT NULL AS "cancelRequested"`,
  );
  return rows[0] ?? null;
}

/** Ends an operation and forgets its targets. */
export async function endBulkOperation(
  db: Db,
  id: string,
  state: "done" | "cancelled",
): Promise<void> {
  await db.prisma.bulkOperation.updateMany({
    where: { id, state: "running" },
    data: { state, finishedAt: new Date() },
  });
  await db.prisma.bulkTarget.deleteMany({ where: { operationId: id } });
}

const nameRow = row({ id: uuid, name: text });

/** What people know objects by. */
export async function objectNames(
  db: Db,
  kind: "runs" | "courses" | "holds",
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await db.rows(nameRow, Prisma.sql`${NAMED[kind]} = ANY (${ids}::uuid[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const NAMED = {
  runs: Prisma.sql`
    SELECT run.id, coalesce(c.title, r.name) AS name FROM run
      JOIN registration r ON r.id = run.registration_id
      LEFT JOIN course c ON c.id = run.course_id WHERE run.id`,
  courses: Prisma.sql`SELECT id, title AS name FROM course WHERE id`,
  holds: Prisma.sql`
    SELECT h.id, c.title AS name FROM hold h JOIN course c ON c.id = h.course_id WHERE h.id`,
};
