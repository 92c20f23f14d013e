import { scaleLinear } from "d3-scale";
import { cn } from "#components/ui/cn.ts";
import type { Position } from "#components/ui/drawings/spans.ts";
import { formatDuration } from "#lib/format.ts";
import type { Timeline } from "./timeline-model.ts";

/** Times since the run was asked for. */
export function TimeAxis({ timeline, position }: { timeline: Timeline; position: Position }) {
  const { from, to } = timeline;
  const ticks = scaleLinear([0, (to - from) / 1_000], [0, 1]).ticks(4);
  return (
    <div aria-hidden className="relative ms-18 mt-1 h-4 text-2xs text-muted tabular-nums">
      {ticks.map((seconds) => (
        <span
          key={seconds}
          style={{ left: `${position(from + seconds * 1_000)}%` }}
          className={cn(
            "absolute whitespace-nowrap",
            position(from + seconds * 1_000) > 92
              ? "-translate-x-full"
              : seconds > 0 && "-translate-x-1/2",
          )}
        >
          {formatDuration(seconds * 1_000)}
        </span>
      ))}
    </div>
  );
}
