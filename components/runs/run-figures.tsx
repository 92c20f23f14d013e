import { cn } from "#components/ui/cn.ts";
import { TONE_TEXT, type Tone } from "#components/ui/text/status.tsx";
import { formatCount, formatRate, UNKNOWN } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { KIND_WORDS } from "./kind-words.ts";
import { handled } from "./run-words.ts";

type Figure = { label: string; shown: string; unit?: string; tone?: Tone };

/** The counts of a run. What is not known yet is a dash, never a nought. */
export function RunFigures({ run }: { run: RunDetail }) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-b-lg border-t sm:grid-cols-4 lg:grid-cols-[repeat(auto-fit,minmax(7rem,1fr))]">
      {figuresOf(run).map(({ label, shown, unit, tone }) => (
        <div key={label} className="-me-px -mb-px border-e border-b px-4 py-2.5">
          <dt className="text-xs text-muted">{label}</dt>
          <dd
            className={cn(
              "text-lg font-semibold tabular-nums",
              tone && TONE_TEXT[tone],
              shown === UNKNOWN && "text-faint",
            )}
          >
            {shown}
            {unit && (
              <span className="block text-xs font-normal whitespace-nowrap text-muted">{unit}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function figuresOf(run: RunDetail): Figure[] {
  const hasBegun = run.startedAt !== null;
  const { did } = KIND_WORDS[run.kind];
  const known = (count: number) => formatCount(hasBegun ? count : null);
  const [speed = UNKNOWN, unit] = formatRate(run.ratePerSecond, run.unit)?.split(" ") ?? [];
  const rate = { label: "Rate", shown: speed, unit };
  const failed = {
    label: run.unit === "scores" ? sentence(did.failed) : "Courses failed",
    shown: known(run.failed),
    tone: run.failed > 0 ? ("bad" as const) : undefined,
  };
  if (run.unit === "scores")
    return [
      {
        label: sentence(did.done),
        shown: known(run.done),
        tone: run.done > 0 ? "ok" : undefined,
      },
      ...(run.skipped > 0 ? [{ label: "Left alone", shown: known(run.skipped) }] : []),
      failed,
      { label: "Waiting", shown: formatCount(remaining(run)) },
      ...(did.unanswered ? [{ label: did.unanswered, shown: known(unanswered(run)) }] : []),
      rate,
    ];
  const members = [
    { label: "Members read", shown: known(run.members.seen) },
    { label: run.isPreview ? "Would add" : "Added", shown: known(run.members.added) },
    { label: run.isPreview ? "Would change" : "Changed", shown: known(run.members.changed) },
    { label: run.isPreview ? "Would remove" : "Removed", shown: known(run.members.removed) },
  ];
  if (run.courseId !== null) return members;
  const done = { label: "Courses done", shown: known(run.done) };
  const rest = { label: "To do", shown: formatCount(remaining(run)) };
  return [done, failed, rest, ...members, rate];
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

function remaining(run: RunDetail): number | null {
  return run.total === null ? null : Math.max(0, run.total - handled(run));
}

/** An answer that was found out later is no longer unknown: those are part of what is left. */
function unanswered(run: RunDetail): number {
  const unknown = run.batches.reduce((sum, batch) => sum + batch.unknown, 0);
  return Math.min(unknown, remaining(run) ?? unknown);
}
