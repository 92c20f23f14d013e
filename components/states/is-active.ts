import type { RunView } from "#lib/operations/runs/schema.ts";

/** Whether a run may change at any moment. */
export function isActive(run: Pick<RunView, "state">): boolean {
  return run.state === "queued" || run.state === "running";
}
