import Link from "next/link";
import { cn } from "#components/ui/cn.ts";
import { TONE_TEXT } from "#components/ui/text/status.tsx";
import { formatNumber } from "#lib/format.ts";
import type { GradebookCell } from "#lib/operations/gradebook/schema.ts";
import { CELL_WORDS } from "./cell-words.ts";

type Props = { cell: GradebookCell | undefined; href: string; about: string };

/** One score: its value and state as icon, word and colour, and the way to its line in the list. */
export function ScoreCell({ cell, href, about }: Props) {
  if (!cell)
    return (
      <span data-cell tabIndex={-1} className="block px-2 py-1 text-center text-faint">
        <span aria-hidden>–</span>
        <span className="sr-only">No score: {about}</span>
      </span>
    );
  const { icon: Icon, word, tone } = CELL_WORDS[cell.state];
  const value = cell.scoreGiven === null ? "Cleared" : formatNumber(cell.scoreGiven);
  const differs = cell.state === "differs" && cell.platformScore !== null;
  const held = differs ? `, the platform has ${formatNumber(cell.platformScore ?? 0)}` : "";
  return (
    <Link
      data-cell
      tabIndex={-1}
      prefetch={false}
      href={href}
      title={`${about}: ${value}, ${word.toLowerCase()}${held}`}
      className="flex items-center justify-end gap-1.5 px-2 py-1 tabular-nums -outline-offset-2 hover:bg-hover"
    >
      <span>{value}</span>
      <Icon aria-hidden className={cn("size-3.5 shrink-0", TONE_TEXT[tone])} />
      <span className="sr-only">
        , {word}
        {held}
      </span>
    </Link>
  );
}
