"use client";

import { useRef, useState, type KeyboardEvent } from "react";
import { cn } from "#components/ui/cn.ts";
import { TONE_FILL } from "#components/ui/text/status.tsx";
import { batchSentence, batchTone, type BatchCell } from "./batch-words.ts";

/** One cell per batch; arrow keys move between them, the sentence below tells the chosen one. */
export function BatchGrid({ cells }: { cells: BatchCell[] }) {
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const current = Math.min(chosen, cells.length - 1);
  const present = cells[current];

  const move = (event: KeyboardEvent) => {
    const target = cellToward(event.key, current, list.current);
    if (target === null) return;
    event.preventDefault();
    setChosen(target);
    (list.current?.children[target] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="p-4">
      <ul
        ref={list}
        role="listbox"
        aria-label="Batches"
        aria-orientation="horizontal"
        onKeyDown={move}
        className="flex flex-wrap gap-1"
      >
        {cells.map((cell, index) => (
          <li
            key={cell.position}
            role="option"
            aria-selected={index === current}
            aria-label={batchSentence(cell)}
            title={batchSentence(cell)}
            tabIndex={index === current ? 0 : -1}
            onClick={() => setChosen(index)}
            className={cn(
              "grid size-6 cursor-pointer place-items-center rounded text-2xs font-medium tabular-nums",
              cell.batch
                ? `${TONE_FILL[batchTone(cell)]} text-surface`
                : "border border-control text-faint",
              cell.batch?.state === "running" && "motion-safe:animate-pulse-soft",
              index === current && "ring-2 ring-ink ring-offset-1 ring-offset-surface",
            )}
          >
            {cell.position + 1}
          </li>
        ))}
      </ul>
      {present && <p className="mt-3 text-sm">{batchSentence(present)}.</p>}
    </div>
  );
}

/** Where a key leads: a cell on, a line up or down, or an end; null for other keys. */
function cellToward(key: string, from: number, list: HTMLElement | null): number | null {
  const cells = [...(list?.children ?? [])] as HTMLElement[];
  const here = cells[from];
  if (!here) return null;
  if (key === "ArrowRight") return Math.min(from + 1, cells.length - 1);
  if (key === "ArrowLeft") return Math.max(from - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return cells.length - 1;
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const below = key === "ArrowDown";
  const inColumn = cells.flatMap((cell, index) =>
    cell.offsetLeft === here.offsetLeft &&
    (below ? cell.offsetTop > here.offsetTop : cell.offsetTop < here.offsetTop)
      ? [index]
      : [],
  );
  return (below ? inColumn[0] : inColumn.at(-1)) ?? from;
}
