import type { Db } from "../client.ts";
import { LeaseLost } from "../errors.ts";
import { prepared } from "../rows/query.ts";
import type { Lease } from "./runs.ts";

export type NewRunEvent = {
  level?: "info" | "warning" | "error";
  /** Stable word, noun first: `token.requested`, `batch.sent`, `course.failed`. */
  kind: string;
  message: string;
  detail?: Record<string, unknown>;
};

/** @throws LeaseLost  another worker has the run; nothing was written */
export async function insertRunEvent(
  db: Db,
  { runId, lease }: Pick<Lease, "runId" | "lease">,
  event: NewRunEvent,
): Promise<void> {
  const count = await db.execute({
    ...INSERT,
    values: [
      runId,
      lease,
      event.level ?? "info",
      event.kind,
      event.message,
      event.detail ? JSON.stringify(event.detail) : null,
    ],
  });
  if (count === 0) throw new LeaseLost(runId, lease);
}

const INSERT = prepared(`
  INSERT INTO run_event (run_id, level, kind, message, detail)
  SELECT id, $3::text, $4::text, $5::text, $6::jsonb FROM run WHERE id = $1 AND lease = $2`);
