"use client";

import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { LoadError } from "#components/errors/load-error.tsx";
import type { useLiveResource } from "#components/live/use-live-resource.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Page } from "#lib/operations/fields.ts";
import type { ListFilters } from "./use-url-filters.ts";

type Props<Row> = {
  /** What the rows are: “Registrations”. */
  caption: string;
  list: ReturnType<typeof useLiveResource<Page<Row>>>;
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
      {list.error && (
        <div className="p-3 pb-0">
          <LoadError
            error={list.error}
            retry={() => void list.refetch()}
            hasData={list.data !== undefined}
          />
        </div>
      )}
      <Rows {...props} />
    </Card>
  );
}

function Rows<Row>(props: Props<Row>) {
  const { data } = props.list;
  if (!data) return props.list.error ? null : <SkeletonRows />;
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
