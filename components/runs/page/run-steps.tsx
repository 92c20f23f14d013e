import { Check, Circle, LoaderCircle, X } from "lucide-react";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { cn } from "#components/ui/cn.ts";
import { KIND_WORDS } from "#components/runs/kind-words.ts";

type StepState = "done" | "current" | "stopped" | "ahead";

const STATE_WORDS: Record<StepState, string> = {
  done: "done",
  current: "under way",
  stopped: "stopped here",
  ahead: "not reached",
};

/** Where in its course a run is: token, then the work, then the end. */
export function RunSteps({ run }: { run: RunView }) {
  return (
    <ol aria-label="Steps" className="flex flex-wrap items-center gap-x-6 gap-y-2">
      {stepsOf(run).map(({ label, state }) => (
        <li
          key={label}
          aria-current={state === "current" ? "step" : undefined}
          className={cn(
            "flex items-center gap-1.5 text-sm",
            state === "ahead" ? "text-faint" : "font-medium",
          )}
        >
          <StepIcon state={state} />
          {label}
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
  return <Circle aria-hidden className="size-4 text-control" />;
}

function stepsOf(run: RunView): { label: string; state: StepState }[] {
  const labels = KIND_WORDS[run.kind].steps(run);
  const reached = stepReached(run, labels.length);
  const isOver = run.finishedAt !== null;
  return labels.map((label, step) => {
    if (step < reached) return { label, state: "done" };
    if (step > reached) return { label, state: "ahead" };
    if (isOver) return { label, state: "stopped" };
    return { label, state: run.state === "running" ? "current" : "ahead" };
  });
}

function stepReached(run: RunView, last: number): number {
  if (run.state === "succeeded" || run.state === "partly_succeeded") return last;
  if (run.state === "held") return last - 1;
  if (run.appliesId !== null) return 0;
  const { requested, reused } = run.token;
  return run.token.case === null || requested + reused === 0 ? 0 : 1;
}
