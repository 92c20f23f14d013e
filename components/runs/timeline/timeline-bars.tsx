import { Lanes } from "#components/ui/drawings/lanes.tsx";
import type { Position, Span } from "#components/ui/drawings/spans.ts";
import { formatDuration } from "#lib/format.ts";
import type { Timeline } from "./timeline-model.ts";

/** The lanes of a run, and behind them the times in which it waited and nothing else happened. */
export function TimelineBars({ timeline, position }: { timeline: Timeline; position: Position }) {
  return (
    <Lanes
      label="What happened when"
      lanes={timeline.lanes}
      position={position}
      whenWords={(span) => whenWords(span, timeline.from)}
      behind={timeline.waits.map(({ key, from, to }) => (
        <div
          key={key}
          style={{ left: `${position(from)}%`, width: `${position(to) - position(from)}%` }}
          className="timeline-gap absolute inset-y-0"
        />
      ))}
    />
  );
}

function whenWords({ from, to, isUnderWay, isMoment }: Span, start: number): string {
  const after = formatDuration(Math.max(0, from - start));
  if (isMoment) return `after ${after}`;
  const lasted = `${isUnderWay ? "for " : "took "}${formatDuration(Math.max(0, to - from))}`;
  return `${lasted}, from ${after} on`;
}
