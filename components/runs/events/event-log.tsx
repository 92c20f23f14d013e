"use client";

import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { ClockTime } from "#components/live/time/time.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { cn } from "#components/ui/cn.ts";
import { plural } from "#lib/format.ts";
import type { RunEventView } from "#lib/operations/runs/schema.ts";
import { EventMessage } from "./event-message.tsx";

const LEVEL = {
  info: { icon: Info, colour: "text-muted", word: "" },
  warning: { icon: TriangleAlert, colour: "text-warn", word: "Warning: " },
  error: { icon: CircleAlert, colour: "text-bad", word: "Error: " },
} as const;

/** Every event of the run as it comes; stays at the end while the reader is at the end. */
export function EventLog({ events }: { events: RunEventView[] }) {
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const latest = events.at(-1)?.id;

  useEffect(() => {
    const element = list.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [latest]);

  const followReader = () => {
    const element = list.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 32;
  };
  return (
    <Card aria-labelledby="run-events">
      <CardHeader
        id="run-events"
        title="Events"
        description={events.length >= 200 ? "The latest 200" : plural(events.length, "event")}
      />
      <div role="log" aria-labelledby="run-events" aria-live="off">
        <ol
          ref={list}
          onScroll={followReader}
          tabIndex={0}
          aria-label="Events of this run"
          className="max-h-[32rem] overflow-y-auto py-1"
        >
          {events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      </div>
    </Card>
  );
}

function EventLine({ event }: { event: RunEventView }) {
  const { icon: Icon, colour, word } = LEVEL[event.level];
  return (
    <li className="grid grid-cols-[auto_auto_minmax(0,1fr)] items-baseline gap-x-2.5 px-4 py-1 text-sm">
      <span className="text-xs text-faint">
        <ClockTime at={event.at} />
      </span>
      <Icon aria-hidden className={cn("size-3.5 translate-y-0.5", colour)} />
      <p className="first-letter:uppercase">
        {word && <span className="sr-only">{word}</span>}
        <EventMessage text={event.message} />
        <code className="ps-2 font-mono text-xs text-faint">{event.kind}</code>
      </p>
    </li>
  );
}
