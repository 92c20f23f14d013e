"use client";

import Link from "next/link";
import { useRef, useState, type KeyboardEvent } from "react";
import { useZone } from "#components/live/time/time.tsx";
import { cn } from "#components/ui/cn.ts";
import { TONE_FILL } from "#components/ui/status.tsx";
import { formatClock, formatDateTime, formatDuration } from "#lib/format.ts";
import type { Bar, Lane, Picture } from "./lives-model.ts";

type Scale = (at: number) => number;

/** Lanes of bars to one scale of time. Arrow keys go from bar to bar; below stands what it is. */
export function Lanes({ picture }: { picture: Picture }) {
  const position: Scale = (at) => (100 * (at - picture.from)) / (picture.to - picture.from);
  const zone = useZone();
  const bars = picture.lanes.flatMap((lane) => lane.bars);
  const [chosen, setChosen] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const current = bars.find(({ key }) => key === chosen) ?? bars[0];

  function onKeyDown(event: KeyboardEvent) {
    const target = barToward(event.key, bars, current);
    if (!target) return;
    event.preventDefault();
    setChosen(target.key);
    box.current?.querySelector<HTMLElement>(`[data-bar="${CSS.escape(target.key)}"]`)?.focus();
  }

  return (
    <div className="px-4 pt-3 pb-4">
      <div
        ref={box}
        role="listbox"
        aria-label="Tokens and the runs that drew on them"
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
        className="space-y-1"
      >
        {picture.lanes.map((lane, index) => (
          <LaneRow
            key={index}
            lane={lane}
            now={picture.now}
            position={position}
            current={current}
            choose={setChosen}
            timesOf={(bar) => timesOf(bar, zone)}
          />
        ))}
      </div>
      <Axis picture={picture} position={position} zone={zone} />
      {current && (
        <p className="mt-2 min-h-5 text-sm">
          {current.href ? (
            <Link href={current.href} className="font-medium text-accent hover:underline">
              {current.words}
            </Link>
          ) : (
            <span className="font-medium">{current.words}</span>
          )}
          <span className="text-muted tabular-nums">, {timesOf(current, zone)}</span>
        </p>
      )}
    </div>
  );
}

function LaneRow(props: {
  lane: Lane;
  now: number;
  position: Scale;
  current: Bar | undefined;
  choose: (key: string) => void;
  timesOf: (bar: Bar) => string;
}) {
  const { lane, position, current, timesOf: times } = props;
  return (
    <div role="group" aria-label={lane.name || "Further"} className="flex items-center gap-2">
      <span aria-hidden className="w-14 shrink-0 text-xs text-muted">
        {lane.name}
      </span>
      <div className="relative h-5 min-w-0 flex-1 rounded bg-sunken">
        {lane.bars.map((bar) => (
          <div
            key={bar.key}
            data-bar={bar.key}
            role="option"
            aria-selected={bar === current}
            aria-label={`${bar.words}, ${times(bar)}`}
            title={`${bar.words}, ${times(bar)}`}
            tabIndex={bar === current ? 0 : -1}
            onClick={() => props.choose(bar.key)}
            style={{
              left: `${position(bar.from)}%`,
              width: `max(3px, ${position(bar.to) - position(bar.from)}%)`,
            }}
            className={cn(
              "absolute inset-y-0.5 cursor-pointer rounded-xs",
              TONE_FILL[bar.tone],
              bar === current && "ring-2 ring-ink",
            )}
          />
        ))}
        {lane.marks.map((mark, index) => (
          <span
            key={index}
            aria-hidden
            title={mark.words}
            style={{ left: `${position(mark.at)}%` }}
            className={cn(
              "absolute -inset-y-0.5 w-0.5 -translate-x-px",
              mark.tone === "bad" ? "bg-bad-fill" : "bg-ink",
            )}
          />
        ))}
        <span
          aria-hidden
          style={{ left: `${position(props.now)}%` }}
          className="absolute -inset-y-0.5 border-s border-dashed border-accent"
        />
      </div>
    </div>
  );
}

function barToward(key: string, bars: Bar[], current: Bar | undefined): Bar | undefined {
  const index = current ? bars.indexOf(current) : -1;
  if (key === "ArrowRight" || key === "ArrowDown")
    return bars[Math.min(index + 1, bars.length - 1)];
  if (key === "ArrowLeft" || key === "ArrowUp") return bars[Math.max(index - 1, 0)];
  if (key === "Home") return bars[0];
  return key === "End" ? bars.at(-1) : undefined;
}

const DAY_MS = 86_400_000;

function Axis(props: { picture: Picture; position: Scale; zone: string | undefined }) {
  const { from, to, now } = props.picture;
  const isLong = to - from > DAY_MS;
  const wordsOf = (at: number) => {
    const iso = new Date(at).toISOString();
    return isLong ? formatDateTime(iso, props.zone) : formatClock(iso, props.zone);
  };
  // Words at the ends and one in the middle never run into each other, also on a phone.
  return (
    <div aria-hidden className="ms-16 mt-1 text-2xs text-muted tabular-nums">
      <p className="flex justify-between">
        <span>{wordsOf(from)}</span>
        <span className="max-sm:hidden">{wordsOf((from + to) / 2)}</span>
        <span>{to > now ? `expires ${wordsOf(to)}` : "now"}</span>
      </p>
    </div>
  );
}

function timesOf({ from, to, isUnderWay }: Bar, zone: string | undefined): string {
  const at = formatDateTime(new Date(from).toISOString(), zone);
  const lasted = formatDuration(Math.max(0, to - from));
  return isUnderWay ? `from ${at}` : `from ${at}, for ${lasted}`;
}
