"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";

type Props = {
  /** What is drawn. */
  label: string;
  /** What each mark says, from the left. */
  words: readonly string[];
  children: ReactNode;
};

/** One stop of the keyboard for a whole drawing: arrow keys and the pointer tell mark by mark. */
export function ChartKeys({ label, words, children }: Props) {
  const [at, setAt] = useState<number>();
  const onKey = (event: KeyboardEvent) => {
    const to = target(event.key, at, words.length);
    if (to === undefined) return;
    event.preventDefault();
    setAt(to);
  };
  const onPointer = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / Math.max(1, box.width);
    setAt(Math.max(0, Math.min(words.length - 1, Math.floor(share * words.length))));
  };
  return (
    <div>
      <div
        role="group"
        tabIndex={0}
        aria-label={`${label}. Arrow keys read it from left to right.`}
        className="relative rounded-sm"
        onKeyDown={onKey}
        onPointerMove={onPointer}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
      >
        {children}
        {at !== undefined && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 border-x border-line-strong bg-accent/10"
            style={{ left: `${(100 * at) / words.length}%`, width: `${100 / words.length}%` }}
          />
        )}
      </div>
      <p aria-live="polite" className="min-h-4.5 text-xs text-ink tabular-nums">
        {at !== undefined && words[at]}
      </p>
    </div>
  );
}

function target(key: string, at: number | undefined, length: number): number | undefined {
  switch (key) {
    case "ArrowLeft":
      return at === undefined ? length - 1 : Math.max(0, at - 1);
    case "ArrowRight":
      return at === undefined ? 0 : Math.min(length - 1, at + 1);
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return undefined;
  }
}
