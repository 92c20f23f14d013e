import { ProgressBar } from "#components/ui/drawings/progress-bar.tsx";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import { isUnderWay } from "./bulk-words.ts";
import { ACTION_WORDS, progressWords, resultWords } from "./bulk-words.ts";

/** How far an operation is, with what was skipped and what failed. */
export function BulkProgress({ operation }: { operation: BulkView }) {
  const { done, skipped, failed, total } = operation;
  return (
    <div className="space-y-1">
      <ProgressBar
        label={`Progress of ${ACTION_WORDS[operation.action].what}`}
        total={total}
        parts={[
          { tone: "ok", count: done },
          { tone: "idle", count: skipped },
          { tone: "bad", count: failed },
        ]}
        valueText={progressWords(operation)}
        isActive={isUnderWay(operation)}
      />
      <div className="text-xs text-muted tabular-nums">{resultWords(operation)}</div>
    </div>
  );
}
