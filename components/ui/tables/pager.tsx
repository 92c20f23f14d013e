"use client";

import { ArrowRight, ChevronsLeft } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatCountUpTo } from "#lib/format.ts";
import { Button } from "../buttons/button.tsx";

/** Moves through cursor pages: on, or back to the first. */
export function Pager(props: {
  shown: number;
  total: number;
  /** There are more than `total`. */
  totalIsCapped: boolean;
  cursor: string;
  nextCursor: string | null;
  /** The address of a page, for who has no JavaScript. */
  hrefOf: (cursor: string) => string;
  onMove: (cursor: string) => void;
}) {
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 border-t px-4 py-2">
      <p className="text-xs text-muted tabular-nums">
        {formatCount(props.shown)} of {formatCountUpTo(props.total, props.totalIsCapped)}
      </p>
      <div className="flex gap-2">
        {props.cursor !== "" && (
          <PageLink {...props} to="" look="quiet">
            <ChevronsLeft aria-hidden /> First page
          </PageLink>
        )}
        {props.nextCursor && (
          <PageLink {...props} to={props.nextCursor} look="secondary">
            Next page <ArrowRight aria-hidden />
          </PageLink>
        )}
      </div>
    </nav>
  );
}

function PageLink(props: {
  to: string;
  look: "quiet" | "secondary";
  hrefOf: (cursor: string) => string;
  onMove: (cursor: string) => void;
  children: ReactNode;
}) {
  return (
    <Button asChild size="sm" look={props.look}>
      <a
        href={props.hrefOf(props.to)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          props.onMove(props.to);
        }}
      >
        {props.children}
      </a>
    </Button>
  );
}
