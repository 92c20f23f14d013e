import Link from "next/link";
import { Button } from "#components/ui/buttons/button.tsx";
import { formatCount, formatCountUpTo, plural } from "#lib/format.ts";
import type { Gradebook } from "#lib/operations/gradebook/schema.ts";

export type GradebookPlace = {
  q?: string;
  state?: string;
  cursor?: string;
  columnsFrom?: string;
};

/** Where in the matrix one is, and the ways to its other people and columns. */
export function GradebookPages(props: {
  book: Gradebook;
  at: GradebookPlace;
  columnsFrom: number;
  columnLimit: number;
  hrefOf: (place: GradebookPlace) => string;
}) {
  const { book, at, columnsFrom, columnLimit, hrefOf } = props;
  const { items, total, totalIsCapped, nextCursor, columns, columnTotal } = book;
  const before = String(Math.max(0, columnsFrom - columnLimit));
  const after = String(columnsFrom + columnLimit);
  const columnWords =
    columns.length === columnTotal
      ? plural(columnTotal, "column")
      : `columns ${columnsFrom + 1} to ${columnsFrom + columns.length} of ${columnTotal}`;
  return (
    <nav
      aria-label="Pages"
      className="flex flex-wrap items-center justify-between gap-2 border-t px-4 py-2"
    >
      <p className="text-xs text-muted tabular-nums">
        {formatCount(items.length)} of {formatCountUpTo(total, totalIsCapped)} people, {columnWords}
      </p>
      <div className="flex flex-wrap gap-2">
        {columnsFrom > 0 && (
          <PageLink href={hrefOf({ ...at, columnsFrom: before })}>Columns before</PageLink>
        )}
        {columnsFrom + columns.length < columnTotal && (
          <PageLink href={hrefOf({ ...at, columnsFrom: after })}>Columns after</PageLink>
        )}
        {at.cursor && <PageLink href={hrefOf({ ...at, cursor: "" })}>First people</PageLink>}
        {nextCursor && (
          <PageLink href={hrefOf({ ...at, cursor: nextCursor })}>Next people</PageLink>
        )}
      </div>
    </nav>
  );
}

function PageLink({ href, children }: { href: string; children: string }) {
  return (
    <Button asChild size="sm" look="secondary">
      <Link href={href} prefetch={false}>
        {children}
      </Link>
    </Button>
  );
}
