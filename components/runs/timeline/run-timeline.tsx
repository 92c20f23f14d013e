"use client";

import { scaleLinear } from "d3-scale";
import Link from "next/link";
import { useRef, useState, type KeyboardEvent } from "react";
import { useClock } from "#components/live/time/clock.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { TONE_FILL } from "#components/ui/status.tsx";
import { formatCount, formatDuration } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { PARTS, timelineOf, type Lane, type Span, type Timeline } from "./timeline-model.ts";
import { TimelineTable } from "./timeline-table.tsx";

/**
 * The run drawn to scale: what it waited for, the lives of its tokens with their renewals, its
 * courses or batches, and how the work grew. Arrow keys go from bar to bar; a table has the same.
 */
export function RunTimeline({ run }: { run: RunDetail }) {
  const now = useClock((nowMs) => (run.finishedAt === null ? nowMs : 0));
  const timeline = timelineOf(run, now);
  const scale = scaleLinear([timeline.from, timeline.to], [0, 100]);
  return (
    <Card aria-labelledby="run-timeline">
      <CardHeader
        id="run-timeline"
        title="Timeline"
        description={`${formatDuration(timeline.to - timeline.from)} from the request on, to scale`}
      />
      <div className="px-4 pt-3 pb-4">
        <Bars timeline={timeline} position={scale} />
        <Growth timeline={timeline} position={scale} unit={PARTS[run.kind].unit} />
        <Axis timeline={timeline} position={scale} />
      </div>
      <Disclosure summary="As a table" className="border-t px-4 py-3">
        <TimelineTable timeline={timeline} />
      </Disclosure>
    </Card>
  );
}

type Position = (at: number) => number;

function Bars({ timeline, position }: { timeline: Timeline; position: Position }) {
  const spans = timeline.lanes.flatMap((lane) => lane.spans);
  const [chosen, setChosen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const current = spans.find(({ key }) => key === chosen) ?? spans[0];

  function onKeyDown(event: KeyboardEvent) {
    const target = spanToward(event.key, spans, current);
    if (!target) return;
    event.preventDefault();
    setChosen(target.key);
    box.current?.querySelector<HTMLElement>(`[data-span="${CSS.escape(target.key)}"]`)?.focus();
  }

  return (
    <>
      <div
        ref={box}
        role="listbox"
        aria-label="What happened when"
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
        className="space-y-1"
      >
        {timeline.lanes.map((lane, index) => (
          <LaneRow
            key={`${lane.name}${index}`}
            lane={lane}
            from={timeline.from}
            position={position}
            current={current}
            choose={setChosen}
          />
        ))}
      </div>
      {current && (
        <p className="mt-2 min-h-5 ps-18 text-sm">
          {current.href ? (
            <Link href={current.href} className="font-medium text-accent hover:underline">
              {current.words}
            </Link>
          ) : (
            <span className="font-medium">{current.words}</span>
          )}
          <span className="text-muted tabular-nums">, {timesOf(current, timeline.from)}</span>
        </p>
      )}
    </>
  );
}

function LaneRow(props: {
  lane: Lane;
  from: number;
  position: Position;
  current: Span | undefined;
  choose: (key: string) => void;
}) {
  const { lane, position, current } = props;
  return (
    <div role="group" aria-label={lane.name || "Further"} className="flex items-center gap-2">
      <span aria-hidden className="w-16 shrink-0 text-xs text-muted">
        {lane.name}
      </span>
      <div className="relative h-5 min-w-0 flex-1 rounded bg-sunken">
        {lane.spans.map((span) => (
          <div
            key={span.key}
            data-span={span.key}
            role="option"
            aria-selected={span === current}
            aria-label={`${span.words}, ${timesOf(span, props.from)}`}
            title={`${span.words}, ${timesOf(span, props.from)}`}
            tabIndex={span === current ? 0 : -1}
            onClick={() => props.choose(span.key)}
            style={{
              left: `${position(span.from)}%`,
              width: `max(3px, ${position(span.to) - position(span.from)}%)`,
            }}
            className={cn(
              "absolute inset-y-0.5 cursor-pointer rounded-xs",
              TONE_FILL[span.tone],
              span.isUnderWay && "motion-safe:animate-pulse-soft",
              span === current && "ring-2 ring-ink",
            )}
          />
        ))}
        {lane.marks.map((mark, index) => (
          <span
            key={index}
            aria-hidden
            title={mark.words}
            style={{ left: `${Math.min(100, Math.max(0, position(mark.at)))}%` }}
            className="absolute -inset-y-0.5 w-0.5 -translate-x-px bg-ink"
          />
        ))}
      </div>
    </div>
  );
}

function spanToward(key: string, spans: Span[], current: Span | undefined): Span | undefined {
  const index = current ? spans.indexOf(current) : -1;
  if (key === "ArrowRight" || key === "ArrowDown")
    return spans[Math.min(index + 1, spans.length - 1)];
  if (key === "ArrowLeft" || key === "ArrowUp") return spans[Math.max(index - 1, 0)];
  if (key === "Home") return spans[0];
  return key === "End" ? spans.at(-1) : undefined;
}

/** How the work grew: the steeper the line, the faster. */
function Growth(props: { timeline: Timeline; position: Position; unit: string }) {
  const { progress, total } = props.timeline;
  if (progress.length < 2 || total === 0) return null;
  const points = progress.map(
    ({ at, done }) => `${props.position(at)},${28 - (28 * done) / total}`,
  );
  return (
    <div className="mt-1 flex items-end gap-2">
      <span aria-hidden className="w-16 shrink-0 text-xs text-muted">
        Progress
      </span>
      <div className="relative min-w-0 flex-1 border-b">
        <span className="absolute start-0 top-0 text-2xs text-muted tabular-nums">
          {formatCount(total)} {props.unit}
        </span>
        <svg
          aria-hidden
          viewBox="0 -1 100 30"
          preserveAspectRatio="none"
          className="block h-9 w-full"
        >
          <polyline
            points={points.join(" ")}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.5}
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </div>
    </div>
  );
}

function Axis({ timeline, position }: { timeline: Timeline; position: Position }) {
  const { from, to } = timeline;
  const ticks = scaleLinear([0, (to - from) / 1_000], [0, 1]).ticks(5);
  return (
    <div aria-hidden className="relative ms-18 mt-1 h-4 text-2xs text-muted tabular-nums">
      {ticks.map((seconds) => (
        <span
          key={seconds}
          style={{ left: `${position(from + seconds * 1_000)}%` }}
          className={cn(
            "absolute whitespace-nowrap",
            seconds > 0 && "-translate-x-1/2",
            position(from + seconds * 1_000) > 92 && "-translate-x-full",
          )}
        >
          {formatDuration(seconds * 1_000)}
        </span>
      ))}
    </div>
  );
}

function timesOf({ from, to, isUnderWay }: Span, start: number): string {
  const lasted = `${isUnderWay ? "for " : "took "}${formatDuration(Math.max(0, to - from))}`;
  return `${lasted}, from ${formatDuration(Math.max(0, from - start))} on`;
}
