import { formatShare, formatTimeLeft, UNKNOWN } from "#lib/format.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { ProgressBar, type ProgressPart } from "#components/ui/drawings/progress-bar.tsx";
import { cn } from "#components/ui/cn.ts";
import { isActive } from "#components/states/is-active.ts";
import { countWords, runTitle, handled } from "./run-words.ts";

export function progressParts(run: RunView): ProgressPart[] {
  return [
    { tone: isActive(run) ? "active" : run.state === "cancelled" ? "idle" : "ok", count: run.done },
    { tone: "idle", count: run.skipped },
    { tone: "bad", count: run.failed },
  ];
}

/** Bar and count. Where no total is known it counts, and claims no share. */
export function RunProgress(props: {
  run: RunView;
  className?: string;
  /** On one line, as a row of a list has room for. */
  isCompact?: boolean;
}) {
  const { run, className, isCompact } = props;
  const counted = countWords(run);
  const left = isActive(run) ? formatTimeLeft(run.secondsLeft) : null;
  if (!isActive(run) && run.total === null && counted === null) return UNKNOWN;
  return (
    <div
      className={cn(isCompact ? "inline-flex items-center gap-2" : "min-w-36 space-y-1", className)}
    >
      <ProgressBar
        className={isCompact ? "w-16 shrink-0" : undefined}
        label={`Progress: ${runTitle(run)}`}
        total={knownTotal(run)}
        parts={progressParts(run)}
        valueText={counted ?? "not counted yet"}
        isActive={run.state === "running"}
      />
      <p className="flex justify-between gap-x-3 text-xs text-muted tabular-nums">
        <span>{counted ?? "Not counted yet"}</span>
        {!isCompact && <span>{left ?? shareWords(run)}</span>}
      </p>
    </div>
  );
}

/** One roster under way has no known length: its pages tell only what came so far. */
export function knownTotal(run: RunView): number | null {
  return run.unit === "courses" && run.courseId !== null && isActive(run) ? null : run.total;
}

function shareWords(run: RunView): string {
  return run.total === null || run.total < 2 ? "" : formatShare(handled(run), run.total);
}
