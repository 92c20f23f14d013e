"use client";

import Link from "next/link";
import { useRef, useState, type KeyboardEvent } from "react";
import { cn } from "#components/ui/cn.ts";
import { TONE_FILL } from "#components/ui/status.tsx";
import { formatDuration } from "#lib/format.ts";
import type { Position } from "./time-axis.tsx";
import type { Span } from "./span.ts";
import type { Lane, Timeline } from "./timeline-model.ts";

/** The lanes of a timeline. Arrow keys go from bar to bar; the sentence below tells the chosen one. */
export function TimelineBars({ timeline, position }: { timeline: Timeline; position: Position }) {
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
        className="relative space-y-1"
      >
        <Gaps waits={timeline.waits} position={position} />
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
        <p className="mt-2 min-h-10 ps-18 text-sm">
          {current.href ? (
            <Link href={current.href} className="font-medium text-accent hover:underline">
              {current.words}
            </Link>
          ) : (
            <span className="font-medium">{current.words}</span>
          )}
          <span className="text-muted tabular-nums">, {whenWords(current, timeline.from)}</span>
        </p>
      )}
    </>
  );
}

/** Behind all lanes: while the run waited nothing else happened. */
function Gaps({ waits, position }: { waits: readonly Span[]; position: Position }) {
  return (
    <div aria-hidden className="absolute inset-y-0 start-18 end-0">
      {waits.map(({ key, from, to }) => (
        <div
          key={key}
          style={{ left: `${position(from)}%`, width: `${position(to) - position(from)}%` }}
          className="timeline-gap absolute inset-y-0"
        />
      ))}
    </div>
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
      <div className="relative h-5 min-w-0 flex-1 rounded bg-sunken/60">
        {lane.spans.map((span) => {
          const words = `${span.words}, ${whenWords(span, props.from)}`;
          return (
            <div
              key={span.key}
              data-span={span.key}
              role="option"
              aria-selected={span === current}
              aria-label={words}
              title={words}
              tabIndex={span === current ? 0 : -1}
              onClick={() => props.choose(span.key)}
              style={placeOf(span, position)}
              className={cn(
                "absolute cursor-pointer",
                span.isMoment
                  ? "-inset-y-0.5 w-1 -translate-x-1/2 rounded-xs bg-ink"
                  : cn("inset-y-0.5 rounded-xs border-e border-surface", TONE_FILL[span.tone]),
                span.isUnderWay && "motion-safe:animate-pulse-soft",
                span === current && "ring-2 ring-ink",
              )}
            />
          );
        })}
      </div>
    </div>
  );
}

function placeOf({ from, to, isMoment }: Span, position: Position) {
  const left = `${Math.min(100, Math.max(0, position(from)))}%`;
  return isMoment ? { left } : { left, width: `max(3px, ${position(to) - position(from)}%)` };
}

function spanToward(key: string, spans: Span[], current: Span | undefined): Span | undefined {
  const index = current ? spans.indexOf(current) : -1;
  if (key === "ArrowRight" || key === "ArrowDown")
    return spans[Math.min(index + 1, spans.length - 1)];
  if (key === "ArrowLeft" || key === "ArrowUp") return spans[Math.max(index - 1, 0)];
  if (key === "Home") return spans[0];
  return key === "End" ? spans.at(-1) : undefined;
}

function whenWords({ from, to, isUnderWay, isMoment }: Span, start: number): string {
  const after = formatDuration(Math.max(0, from - start));
  if (isMoment) return `after ${after}`;
  const lasted = `${isUnderWay ? "for " : "took "}${formatDuration(Math.max(0, to - from))}`;
  return `${lasted}, from ${after} on`;
}
