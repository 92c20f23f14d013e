import { formatShare, formatTimeLeft, UNKNOWN } from "#lib/format.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { ProgressBar, type ProgressPart } from "#components/ui/progress-bar.tsx";
import { cn } from "#components/ui/cn.ts";
import { countWords, isActive, runTitle, settled } from "./run-words.ts";

export function progressParts(run: RunView): ProgressPart[] {
  return [
    { tone: isActive(run) ? "active" : run.state === "cancelled" ? "idle" : "ok", count: run.done },
    { tone: "bad", count: run.failed },
  ];
}

/** Bar and count. Where no total is known it counts, and claims no share. */
export function RunProgress({ run, className }: { run: RunView; className?: string }) {
  const counted = countWords(run);
  const left = isActive(run) ? formatTimeLeft(run.secondsLeft) : null;
  if (!isActive(run) && run.total === null && counted === null) return UNKNOWN;
  return (
    <div className={cn("min-w-36 space-y-1", className)}>
      <ProgressBar
        label={`Progress: ${runTitle(run)}`}
        total={knownTotal(run)}
        parts={progressParts(run)}
        valueText={counted ?? "not counted yet"}
        isActive={run.state === "running"}
      />
      <p className="flex flex-wrap justify-between gap-x-3 text-xs text-muted tabular-nums">
        <span>{counted ?? "Not counted yet"}</span>
        <span>{left ?? shareWords(run)}</span>
      </p>
    </div>
  );
}

/** One roster under way has no known length: its pages tell only what came so far. */
export function knownTotal(run: RunView): number | null {
  return run.unit === "courses" && run.courseId !== null && isActive(run) ? null : run.total;
}

function shareWords(run: RunView): string {
  return run.total === null || run.total < 2 ? "" : formatShare(settled(run), run.total);
}
