"use client";

import { useClock } from "#components/live/time/clock.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { positionWithin } from "#components/ui/drawings/spans.ts";
import { formatDuration } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { RateLine } from "./rate-line.tsx";
import { TimeAxis } from "./time-axis.tsx";
import { TimelineBars } from "./timeline-bars.tsx";
import { timelineOf } from "./timeline-model.ts";
import { TimelineTable } from "./timeline-table.tsx";

/**
 * The run drawn to scale: its phases, what it waited for, the lives of its tokens with the moments
 * of their renewal, its courses or batches, and how fast it went. Beside it a table has the same.
 */
export function RunTimeline({ run }: { run: RunDetail }) {
  const now = useClock((nowMs) => (run.finishedAt === null ? nowMs : 0));
  const timeline = timelineOf(run, now);
  const position = positionWithin(timeline);
  return (
    <Card aria-labelledby="run-timeline">
      <CardHeader
        id="run-timeline"
        title="Timeline"
        description={`${formatDuration(timeline.to - timeline.from)} from the request on, to scale`}
      />
      <div className="grid lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 px-4 pt-3 pb-4">
          <TimelineBars timeline={timeline} position={position} />
          <RateLine timeline={timeline} position={position} />
          <TimeAxis timeline={timeline} position={position} />
        </div>
        <div className="relative min-h-60 border-t lg:border-s lg:border-t-0">
          <ScrollRegion
            label="The timeline as a table"
            className="max-h-80 overflow-auto lg:absolute lg:inset-0 lg:max-h-none"
          >
            <TimelineTable timeline={timeline} />
          </ScrollRegion>
        </div>
      </div>
    </Card>
  );
}
