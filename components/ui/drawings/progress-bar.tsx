import { cn } from "../cn.ts";
import { TONE_FILL, type Tone } from "../text/status.tsx";

export type ProgressPart = { tone: Tone; count: number };

/**
 * How far something is. Without a total it shows that work goes on, and claims no share.
 * `parts` are laid end to end, so that failures stay visible inside the whole.
 */
export function ProgressBar(props: {
  label: string;
  total: number | null;
  parts: ProgressPart[];
  valueText?: string;
  isActive?: boolean;
  className?: string;
}) {
  const { total } = props;
  const done = props.parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={total ?? undefined}
      aria-valuenow={total === null ? undefined : Math.min(done, total)}
      aria-valuetext={props.valueText}
      className={cn("flex default:h-1.5 overflow-hidden rounded-full bg-line", props.className)}
    >
      {total === null || total === 0 ? (
        props.isActive && <span className="w-1/3 animate-slide rounded-full bg-accent" />
      ) : (
        <Parts parts={props.parts} total={total} />
      )}
    </div>
  );
}

function Parts({ parts, total }: { parts: ProgressPart[]; total: number }) {
  return parts.map((part) => (
    <span
      key={part.tone}
      className={cn("transition-[width] duration-500 ease-out", TONE_FILL[part.tone])}
      style={{ width: `${Math.min(100, (100 * part.count) / total)}%` }}
    />
  ));
}
