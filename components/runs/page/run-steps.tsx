import { Check, Circle, Hourglass, LoaderCircle, X } from "lucide-react";
import { phaseLabel, KIND_WORDS } from "#components/runs/kind-words.ts";
import { useClock } from "#components/live/time/clock.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatDuration } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

type StepState = "done" | "current" | "waiting" | "stopped" | "ahead";
type Phase = RunDetail["phases"][number]["phase"];

const STATE_WORDS: Record<StepState, string> = {
  done: "done",
  current: "under way",
  waiting: "waiting",
  stopped: "stopped here",
  ahead: "not reached",
};

/** The phases of a run in order, each with a timer of its own over all attempts. */
export function RunSteps({ run }: { run: RunDetail }) {
  const now = useClock((nowMs) => (run.finishedAt === null ? nowMs : 0));
  return (
    <ol aria-label="Phases" className="flex flex-wrap items-center gap-x-5 gap-y-2">
      {stepsOf(run).map(({ phase, state }) => (
        <li
          key={phase}
          aria-current={state === "current" || state === "waiting" ? "step" : undefined}
          className={cn(
            "flex items-center gap-1.5 text-sm",
            state === "ahead" ? "text-faint" : "font-medium",
          )}
        >
          <StepIcon state={state} />
          {phaseLabel(run, phase)}
          {state !== "ahead" && (
            <span className="font-normal text-muted tabular-nums">
              {formatDuration(lengthOf(run, phase, now))}
            </span>
          )}
          <span className="sr-only">, {STATE_WORDS[state]}</span>
        </li>
      ))}
    </ol>
  );
}

function StepIcon({ state }: { state: StepState }) {
  if (state === "done") return <Check aria-hidden className="size-4 text-ok" />;
  if (state === "stopped") return <X aria-hidden className="size-4 text-bad" />;
  if (state === "current")
    return <LoaderCircle aria-hidden className="size-4 text-accent motion-safe:animate-spin" />;
  if (state === "waiting") return <Hourglass aria-hidden className="size-4 text-warn" />;
  return <Circle aria-hidden className="size-4 text-control" />;
}

/** Those that every run of the kind goes through, and those that this one went through besides. */
function stepsOf(run: RunDetail): { phase: Phase; state: StepState }[] {
  const planned = KIND_WORDS[run.kind].phases(run);
  const gone = [...new Set(run.phases.map(({ phase }) => phase))];
  const order = ORDER.filter((phase) => planned.includes(phase) || gone.includes(phase));
  const last = run.phases.findLast(({ phase }) => phase !== "stopped")?.phase ?? "queued";
  const isWell = ["succeeded", "partly_succeeded", "held"].includes(run.state);
  return order.map((phase) => {
    const isGone = gone.includes(phase);
    if (!isGone) return { phase, state: "ahead" };
    if (phase !== last || isWell) return { phase, state: "done" };
    if (run.finishedAt !== null) return { phase, state: "stopped" };
    return { phase, state: run.state === "running" ? "current" : "waiting" };
  });
}

const ORDER: Phase[] = ["queued", "token", "recover", "fetch", "conclude", "send", "apply"];

function lengthOf({ phases }: RunDetail, phase: Phase, now: number): number {
  const ofPhase = phases.filter((each) => each.phase === phase);
  const lengths = ofPhase.map(({ startedAt, finishedAt }) =>
    Math.max(0, (finishedAt ? Date.parse(finishedAt) : now) - Date.parse(startedAt)),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}
