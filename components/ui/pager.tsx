"use client";

import { ArrowRight, ChevronsLeft } from "lucide-react";
import { formatCount, formatCountUpTo } from "#lib/format.ts";
import { Button } from "./button.tsx";

/** Moves through cursor pages: on, or back to the first. */
export function Pager(props: {
  shown: number;
  total: number;
  /** There are more than `total`. */
  totalIsCapped: boolean;
  cursor: string;
  nextCursor: string | null;
  onMove: (cursor: string) => void;
}) {
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 border-t px-4 py-2">
      <p className="text-xs text-muted tabular-nums">
        {formatCount(props.shown)} of {formatCountUpTo(props.total, props.totalIsCapped)}
      </p>
      <div className="flex gap-2">
        {props.cursor !== "" && (
          <Button size="sm" look="quiet" onClick={() => props.onMove("")}>
            <ChevronsLeft aria-hidden /> First page
          </Button>
        )}
        {props.nextCursor && (
          <Button size="sm" onClick={() => props.onMove(props.nextCursor ?? "")}>
            Next page <ArrowRight aria-hidden />
          </Button>
        )}
      </div>
    </nav>
  );
}
