import { plural } from "#lib/format.ts";
import type { RunBatchView, RunDetail } from "#lib/operations/runs/schema.ts";
import type { Tone } from "#components/ui/text/status.tsx";

const BATCH_SIZE = 50;

export type BatchCell = {
  position: number;
  batch: RunBatchView | null;
  /** The run was cancelled: what stopped then did not fail. */
  isCancelled: boolean;
};

/** The batches there are, and those that will follow as far as the total tells. */
export function batchCells(
  run: Pick<RunDetail, "batches" | "total" | "finishedAt" | "state">,
): BatchCell[] {
  const isCancelled = run.state === "cancelled";
  const begun = run.batches.map((batch) => ({ position: batch.position, batch, isCancelled }));
  if (run.total === null || run.finishedAt !== null) return begun;
  const planned = run.batches.reduce((sum, { size }) => sum + size, 0);
  const ahead = Math.max(0, Math.ceil((run.total - planned) / BATCH_SIZE));
  const next = Math.max(-1, ...run.batches.map(({ position }) => position)) + 1;
  const coming = Array.from({ length: ahead }, (_, index) => ({
    position: next + index,
    batch: null,
    isCancelled,
  }));
  return [...begun, ...coming];
}

/** A batch is as good as its worst score. */
export function batchTone({ batch, isCancelled }: BatchCell): Tone {
  if (!batch || batch.state === "pending" || batch.state === "skipped") return "idle";
  if (batch.state === "running") return "active";
  if (batch.state === "failed") return isCancelled ? "idle" : "bad";
  return batch.rejected + batch.unknown > 0 ? "warn" : "ok";
}

export function batchSentence({ position, batch }: BatchCell): string {
  const name = `Batch ${position + 1}`;
  if (!batch) return `${name}: not begun`;
  const parts = [
    `${batch.sent} of ${plural(batch.size, "score")} sent`,
    batch.skipped > 0 && `${batch.skipped} left alone`,
    batch.rejected > 0 && `${batch.rejected} rejected`,
    batch.unknown > 0 && `${batch.unknown} with unknown outcome`,
    batch.state === "running" && "under way",
    batch.state === "failed" && "stopped",
  ];
  return `${name}: ${parts.filter(Boolean).join(", ")}`;
}
