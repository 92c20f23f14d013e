"use client";

import Link from "next/link";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { cn } from "../cn.ts";
import type { Lane, Position, Span } from "./spans.ts";
import { TONE_FILL } from "../text/status.tsx";

type Props<L extends Lane> = {
  label: string;
  lanes: readonly L[];
  position: Position;
  /** When a span was, in words. */
  whenWords: (span: Span) => string;
  /** Drawn behind all lanes. */
  behind?: ReactNode;
  /** Drawn over a lane. */
  over?: (lane: L) => ReactNode;
  /** Between the lanes and the sentence. */
  children?: ReactNode;
};

/** Lanes of spans, drawn to scale. Arrow keys go from span to span; the sentence below tells the chosen one. */
export function Lanes<L extends Lane>(props: Props<L>) {
  const spans = props.lanes.flatMap((lane) => lane.spans);
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
        aria-label={props.label}
        aria-orientation="horizontal"
        onKeyDown={onKeyDown}
        className="relative space-y-1"
      >
        {props.behind && (
          <div aria-hidden className="absolute inset-y-0 start-18 end-0">
            {props.behind}
          </div>
        )}
        {props.lanes.map((lane, index) => (
          <LaneRow key={index} {...props} lane={lane} current={current} choose={setChosen} />
        ))}
      </div>
      {props.children}
      {current && (
        <p className="mt-2 min-h-10 ps-18 text-sm">
          {current.href ? (
            <Link href={current.href} className="font-medium text-accent hover:underline">
              {current.words}
            </Link>
          ) : (
            <span className="font-medium">{current.words}</span>
          )}
          <span className="text-muted tabular-nums">, {props.whenWords(current)}</span>
        </p>
      )}
    </>
  );
}

function LaneRow<L extends Lane>(
  props: Pick<Props<L>, "position" | "whenWords" | "over"> & {
    lane: L;
    current: Span | undefined;
    choose: (key: string) => void;
  },
) {
  const { lane, position, current } = props;
  return (
    <div role="group" aria-label={lane.name || "Further"} className="flex items-center gap-2">
      <span aria-hidden className="w-16 shrink-0 text-xs text-muted">
        {lane.name}
      </span>
      <div className="relative h-5 min-w-0 flex-1 rounded bg-sunken/60">
        {lane.spans.map((span) => {
          const words = `${span.words}, ${props.whenWords(span)}`;
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
        {props.over?.(lane)}
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
