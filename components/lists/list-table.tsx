"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { ScrollRegion } from "#components/ui/boxes/scroll-region.tsx";
import { onRowKey } from "./state/row-keys.ts";
import type { Selection } from "./state/use-selection.ts";

export type Order = {
  /** The column that is sorted by, with a minus before it for the last first. */
  current: string;
  hrefOf: (sort: string) => string;
  onSort: (sort: string) => void;
};

type Props<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string | undefined;
  order?: Order;
  selection?: Selection;
};

/**
 * The rows of a list: one line each, cut short with the whole text as a title; on a phone two
 * lines, name and state above the figures. j and k move between rows, x selects.
 */
export function ListTable<Row>(props: Props<Row>) {
  const { columns, rows, rowKey, selection } = props;
  return (
    <div className="@container" onKeyDown={(event) => onRowKey(event, selection)}>
      <ScrollRegion label={`${props.caption}, table`}>
        {/* Explicit roles: some browsers drop them when CSS turns the table into blocks. */}
        <table
          role="table"
          className="list-table w-full border-collapse text-sm"
          onMouseOver={titleWhatIsCut}
        >
          <caption className="sr-only">{props.caption}</caption>
          <Head {...props} />
          <tbody role="rowgroup" className="divide-y">
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                role="row"
                data-row={rowKey(row)}
                className={cn(
                  selection?.ids.has(rowKey(row)) && "bg-accent-soft",
                  props.rowClassName?.(row),
                )}
              >
                {selection && <SelectCell id={rowKey(row)} selection={selection} />}
                {columns.map((column) => (
                  <Cell key={column.key} column={column} id={rowKey(row)}>
                    {column.cell(row)}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

/** What does not fit is read on hover. */
function titleWhatIsCut(event: MouseEvent<HTMLElement>): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cut]");
  if (!cell) return;
  if (cell.scrollWidth > cell.clientWidth) cell.title = cell.innerText.replaceAll("\n", " ");
  else cell.removeAttribute("title");
}

function Head<Row>({ columns, order, selection }: Props<Row>) {
  return (
    <thead role="rowgroup">
      <tr role="row" className="border-b">
        {selection && (
          <th role="columnheader" scope="col" className="w-9 ps-3">
            <Checkbox
              aria-label="Select this page"
              checked={selection.isWholePage}
              onChange={selection.togglePage}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            role="columnheader"
            scope="col"
            aria-sort={ariaSort(column, order)}
            className={cn(
              "h-8 px-2 text-xs font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4",
              column.align === "end" ? "text-end" : "text-start",
            )}
          >
            {column.sort && order ? (
              <SortLink column={column} sort={column.sort} order={order} />
            ) : (
              <span className={cn(column.isHeaderHidden && "sr-only")}>{column.header}</span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort<Row>({ sort }: Column<Row>, order: Order | undefined) {
  if (!sort || !order) return undefined;
  if (order.current === sort) return "ascending";
  return order.current === `-${sort}` ? "descending" : "none";
}

/** A link, so that a list can be sorted without JavaScript too. */
function SortLink<Row>(props: { column: Column<Row>; sort: string; order: Order }) {
  const { column, sort, order } = props;
  const isDown = order.current === `-${sort}`;
  const isUp = order.current === sort;
  const next = isUp ? `-${sort}` : sort;
  const Arrow = isDown ? ArrowDown : ArrowUp;
  return (
    <a
      href={order.hrefOf(next)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        order.onSort(next);
      }}
      className={cn(
        "inline-flex items-baseline gap-1 rounded hover:text-ink",
        // The name stands above the end of its figures.
        column.align === "end" && "flex-row-reverse",
      )}
    >
      {column.header}
      <Arrow aria-hidden className={cn("size-3", !isUp && !isDown && "invisible")} />
    </a>
  );
}

function SelectCell({ id, selection }: { id: string; selection: Selection }) {
  return (
    <td role="cell" data-part="check" className="w-9 ps-3">
      <Checkbox
        aria-labelledby={`lead-${id}`}
        checked={selection.ids.has(id)}
        onClick={(event) => selection.toggle(id, event.shiftKey)}
        // The click says whether Shift was held; this only tells React that somebody listens.
        onChange={() => {}}
        className="relative z-10"
      />
    </td>
  );
}

function Cell<Row>(props: { column: Column<Row>; id: string; children: ReactNode }) {
  const { column, id, children } = props;
  const label = column.isHeaderHidden ? undefined : column.header;
  const shared = {
    "data-label": label,
    "data-part": column.isLead ? "lead" : column.phone,
    className: cn(
      "text-start font-normal @min-[44rem]:px-2 @min-[44rem]:first:ps-4 @min-[44rem]:last:pe-4",
      column.align === "end" && "tabular-nums @min-[44rem]:text-end",
      column.className,
    ),
  };
  const inside = column.wraps ? (
    <div className="min-w-48 py-1.5 break-words">{children}</div>
  ) : (
    <div data-cut>{children}</div>
  );
  return column.isLead ? (
    <th role="rowheader" scope="row" id={`lead-${id}`} {...shared}>
      {inside}
    </th>
  ) : (
    <td role="cell" {...shared}>
      {inside}
    </td>
  );
}
