import type { ReactNode } from "react";
import { cn } from "../cn.ts";
import { ScrollRegion } from "../boxes/scroll-region.tsx";

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "end";
  /** Heads the card when the table is narrow, and names the row for assistive technology. */
  isLead?: boolean;
  isHeaderHidden?: boolean;
  /** Not shown until somebody chooses it. */
  isOptional?: boolean;
  /** What the list can be sorted by here, in the API's words. */
  sort?: string;
  /** Beside the name, or a figure below it, on a phone; else it is left out there. */
  phone?: "state" | "figure";
  /** Takes as many lines as it needs, where the words themselves matter. */
  wraps?: boolean;
  /**
   * Where a list's line is cut short: `[--cut:10rem]` if not at 13rem, `[--phone-cut:8rem]` on a
   * phone; `[--lead:12rem]` is what the name has at least, if not 9rem.
   */
  className?: string;
};

type DataTableProps<Row> = {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string | undefined;
};

/** A table that becomes labelled cards in a narrow container, and scrolls inside itself else. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  return (
    <div className="@container">
      <ScrollRegion label={`${props.caption}, table`}>
        {/* Explicit roles: some browsers drop them when CSS turns the table into blocks. */}
        <table role="table" className="card-table w-full border-collapse text-sm">
          <caption className="sr-only">{props.caption}</caption>
          <HeaderRow columns={props.columns} />
          <tbody role="rowgroup" className="divide-y">
            {props.rows.map((row) => (
              <tr key={props.rowKey(row)} role="row" className={props.rowClassName?.(row)}>
                {props.columns.map((column) => (
                  <Cell key={column.key} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

function HeaderRow<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row" className="border-b">
        {columns.map((column) => (
          <th
            key={column.key}
            role="columnheader"
            scope="col"
            className={cn(
              "px-3 py-2 text-xs font-medium whitespace-nowrap text-muted first:ps-4 last:pe-4",
              column.align === "end" ? "text-end" : "text-start",
            )}
          >
            <span className={cn(column.isHeaderHidden && "sr-only")}>{column.header}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  // As a card the table has a spacing of its own, which these would overrule.
  const className = cn(
    "text-start align-middle font-normal @min-[44rem]:px-3 @min-[44rem]:py-2.5 @min-[44rem]:first:ps-4 @min-[44rem]:last:pe-4",
    column.align === "end" && "tabular-nums @min-[44rem]:text-end",
    column.className,
  );
  const label = column.isHeaderHidden ? undefined : column.header;
  return column.isLead ? (
    <th role="rowheader" scope="row" data-lead data-label={label} className={className}>
      <div className="min-w-0">{column.cell(row)}</div>
    </th>
  ) : (
    <td role="cell" data-label={label} className={className}>
      <div className="min-w-0">{column.cell(row)}</div>
    </td>
  );
}
