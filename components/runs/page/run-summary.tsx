import { Elapsed } from "#components/live/time/time.tsx";
import { CardBody } from "#components/ui/boxes/card.tsx";
import { ProgressBar } from "#components/ui/drawings/progress-bar.tsx";
import { formatCount, formatShare, formatTimeLeft } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { RunFigures } from "#components/runs/run-figures.tsx";
import { knownTotal, progressParts } from "#components/runs/run-progress.tsx";
import { RunSteps } from "./run-steps.tsx";
import { isActive } from "#components/states/is-active.ts";
import { countWords, runTitle, handled } from "#components/runs/run-words.ts";

/** How far the run is: its phases, the time left, a bar, and the figures under it. */
export function RunSummary({ run }: { run: RunDetail }) {
  const total = knownTotal(run);
  return (
    <>
      <CardBody className="space-y-3 pt-0">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <RunSteps run={run} />
          <p className="text-sm text-muted tabular-nums">
            <TimeWords run={run} />
          </p>
        </div>
        <ProgressBar
          label={`Progress: ${runTitle(run)}`}
          total={total}
          parts={progressParts(run)}
          valueText={countWords(run) ?? "not counted yet"}
          isActive={run.state === "running"}
          className="h-3"
        />
        <p className="flex justify-between gap-3 text-sm tabular-nums">
          <span className="font-medium">{countWords(run) ?? "Not counted yet"}</span>
          {total !== null && total > 1 && (
            <span className="text-muted">{formatShare(handled(run), total)}</span>
          )}
        </p>
      </CardBody>
      <RunFigures run={run} />
    </>
  );
}

function TimeWords({ run }: { run: RunDetail }) {
  if (run.startedAt === null) return isActive(run) ? "Not started" : "Never started";
  const left = isActive(run) ? formatTimeLeft(run.secondsLeft) : null;
  if (run.state === "held") return "Everything else is done";
  const attempt = run.attempt > 1 ? `, attempt ${formatCount(run.attempt)}` : "";
  return (
    <>
      {left && <span className="font-medium text-ink">{left}, </span>}
      {run.finishedAt ? "took " : "running for "}
      <Elapsed from={run.startedAt} until={run.finishedAt} />
      {attempt}
    </>
  );
}
