"use client";

import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ReadState } from "#components/live/read-state.tsx";
import type { Reading } from "#components/live/use-read.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pager } from "#components/ui/pager.tsx";
import type { Page } from "#lib/operations/fields.ts";
import type { ListFilters } from "./use-url-filters.ts";

type Props<Row> = {
  /** What the rows are: “Registrations”. */
  caption: string;
  list: Reading<Page<Row>>;
  filters: ListFilters;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string | undefined;
  filterBar?: ReactNode;
  /** Shown while there is nothing to list and no filter to blame. */
  empty: ReactNode;
};

/** A filtered page of rows that keeps itself current, in all the states it can be in. */
export function LiveList<Row>(props: Props<Row>) {
  const { list, filters } = props;
  return (
    <Card aria-label={props.caption}>
      {props.filterBar && (
        <div role="search" className="flex flex-wrap items-center gap-2 border-b p-3">
          {props.filterBar}
          {filters.isFiltered && (
            <Button size="sm" look="quiet" onClick={filters.clear}>
              Clear filters
            </Button>
          )}
        </div>
      )}
      <ReadState of={list} errorClassName="p-3 pb-0">
        {(page) => <Rows {...props} page={page} />}
      </ReadState>
    </Card>
  );
}

function Rows<Row>({ page: data, ...props }: Props<Row> & { page: Page<Row> }) {
  if (data.items.length === 0)
    return props.filters.isFiltered ? <NoMatch {...props} /> : props.empty;
  return (
    <div aria-busy={props.list.isPlaceholderData}>
      <DataTable
        caption={props.caption}
        columns={props.columns}
        rows={data.items}
        rowKey={props.rowKey}
        rowClassName={props.rowClassName}
      />
      <Pager
        shown={data.items.length}
        total={data.total}
        totalIsCapped={data.totalIsCapped}
        cursor={props.filters.cursor}
        nextCursor={data.nextCursor}
        onMove={props.filters.moveTo}
      />
    </div>
  );
}

function NoMatch<Row>({ caption, filters }: Props<Row>) {
  return (
    <EmptyState
      icon={SearchX}
      title={`No ${caption.toLowerCase()} match`}
      actions={<Button onClick={filters.clear}>Clear filters</Button>}
    >
      {Object.entries(filters.query)
        .filter(([key]) => key !== "cursor")
        .map(([key, value]) => `${key}: ${value}`)
        .join(", ")}
    </EmptyState>
  );
}
