"use client";

import type { KeyboardEvent, ReactNode } from "react";

const STEPS: Record<string, readonly [down: number, right: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Moves the focus from cell to cell of a table; each cell has one element with `data-cell`. */
export function GridKeys({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={className} onKeyDown={onKey}>
      {children}
    </div>
  );
}

function onKey(event: KeyboardEvent<HTMLElement>) {
  const step = STEPS[event.key];
  const from = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
  const row = from?.closest("tr");
  if (!step || !row || event.metaKey || event.ctrlKey || event.altKey) return;
  const rows = [...(row.parentElement?.querySelectorAll("tr") ?? [])];
  const cells = cellsOf(row);
  const down = within(rows.indexOf(row) + step[0], rows.length);
  const right = within(cells.indexOf(from!) + step[1], cells.length);
  event.preventDefault();
  cellsOf(rows[down]!)[right]?.focus();
}

function cellsOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("[data-cell]")];
}

function within(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
