import type pg from "pg";

export type NewRunEvent = {
  level?: "info" | "warning" | "error";
  /** Stable word, noun first: `token.requested`, `batch.sent`, `course.failed`. */
  kind: string;
  message: string;
  detail?: Record<string, unknown>;
};

export async function insertRunEvent(
  queryable: Pick<pg.ClientBase, "query">,
  runId: string,
  event: NewRunEvent,
): Promise<void> {
  await queryable.query(
    `INSERT INTO run_event (run_id, level, kind, message, detail) VALUES ($1, $2, $3, $4, $5)`,
    [
      runId,
      event.level ?? "info",
      event.kind,
      event.message,
      event.detail ? JSON.stringify(event.detail) : null,
    ],
  );
}
