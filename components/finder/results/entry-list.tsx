"use client";

import { useEffect, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Entry } from "./entries.ts";
import { byKind, ENTRY_KINDS } from "./kinds.ts";

/** What was found, by kind; the keys stay in the box above. */
export function EntryList(props: {
  id: string;
  entries: Entry[];
  current: number;
  onPoint: (index: number) => void;
  onChoose: (entry: Entry) => void;
}) {
  const { entries, current } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, entries]);
  const groups = byKind(
    entries.map((entry, index) => ({ entry, index })),
    ({ entry }) => entry.kind,
  );
  return (
    <div
      ref={list}
      id={props.id}
      role="listbox"
      aria-label="Found"
      className="min-h-0 flex-1 overflow-y-auto p-1.5 empty:p-0"
    >
      {groups.map(([kind, members]) => (
        <div key={kind} role="group" aria-label={ENTRY_KINDS[kind].many}>
          <p aria-hidden className="px-2.5 pt-2 pb-1 text-2xs font-medium text-muted">
            {ENTRY_KINDS[kind].many}
          </p>
          {members.map(({ entry, index }) => (
            <Option
              key={entry.key}
              id={`${props.id}-${index}`}
              entry={entry}
              isCurrent={index === current}
              onPoint={() => props.onPoint(index)}
              onChoose={() => props.onChoose(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Option(props: {
  id: string;
  entry: Entry;
  isCurrent: boolean;
  onPoint: () => void;
  onChoose: () => void;
}) {
  const { title, note, kind } = props.entry;
  const Icon = ENTRY_KINDS[kind].icon;
  return (
    // The keyboard is at the box, which names this option as the active one.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={props.id}
      role="option"
      aria-selected={props.isCurrent}
      onPointerMove={props.onPoint}
      onClick={props.onChoose}
      className={cn(
        "flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm",
        props.isCurrent && "bg-accent-soft text-accent",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="max-w-[60%] shrink-0 truncate font-medium">{title}</span>
      <span className="min-w-0 truncate text-xs text-muted">{note}</span>
    </div>
  );
}
