"use client";

import { SearchX } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { ReadState } from "#components/live/read-state.tsx";
import type { ReadKey, ReadRequest } from "#components/live/read.ts";
import type { Reading } from "#components/live/use-read.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { Pager } from "#components/ui/tables/pager.tsx";
import type { Page } from "#lib/operations/fields.ts";
import type { ListName } from "#lib/operations/lists/schema.ts";
import { ListTable } from "./list-table.tsx";
import { ListTools } from "./tools/list-tools.tsx";
import { SelectionBar, type ListActs } from "./selection-bar.tsx";
import { useColumns } from "./state/use-columns.ts";
import { useSelection } from "./state/use-selection.ts";
import type { ListFilters } from "./state/use-url-filters.ts";

type Props<Row> = {
  /** What the rows are: “Registrations”. */
  caption: string;
  list: Reading<Page<Row>>;
  /** What `list` reads. */
  source: ReadRequest<Page<Row>>;
  filters: ListFilters;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  rowClassName?: (row: Row) => string | undefined;
  /** Controls with names, so that the form they stand in filters without JavaScript too. */
  filterBar?: ReactNode;
  /** Beside the filters: what is no filter. */
  tools?: ReactNode;
  /** The order when the address names none. */
  defaultSort?: string;
  /** Under which name views of this list are kept. */
  views?: ListName;
  acts?: ListActs;
  /** Shown while there is nothing to list and no filter to blame. */
  empty: ReactNode;
};

/** A filtered page of rows that keeps itself current, in all the states it can be in. */
export function LiveList<Row>(props: Props<Row>) {
  const { filters, source } = props;
  const path = usePathname();
  const choice = useColumns(props.views ?? props.caption);
  const columns = props.columns.filter(choice.isShown);
  return (
    <Card aria-label={props.caption} data-list>
      <div className="flex flex-wrap items-start gap-2 border-b px-3 py-1.5">
        {props.filterBar && <FilterForm filters={filters}>{props.filterBar}</FilterForm>}
        {props.tools}
        <ListTools
          columns={props.columns}
          choice={choice}
          source={source.key as ReadKey}
          views={props.views && { list: props.views, path, query: queryOf(filters) }}
        />
      </div>
      <ReadState of={props.list} errorClassName="p-3 pb-0">
        {(page) => <Rows {...props} columns={columns} page={page} />}
      </ReadState>
    </Card>
  );
}

function queryOf({ conditions, sort }: ListFilters): string {
  return new URLSearchParams({ ...conditions, ...(sort && { sort }) }).toString();
}

/** Without JavaScript the form asks for the filtered page; with it each control does at once. */
function FilterForm({ filters, children }: { filters: ListFilters; children: ReactNode }) {
  return (
    <form
      method="get"
      role="search"
      onSubmit={(event) => event.preventDefault()}
      className="flex min-w-64 flex-1 flex-wrap items-center gap-2"
    >
      {children}
      {filters.sort && <input type="hidden" name="sort" value={filters.sort} />}
      <noscript>
        <button type="submit" className="h-8 rounded-md border px-2.5 text-sm font-medium">
          Apply
        </button>
      </noscript>
      {filters.isFiltered && (
        <Button aria-label="Clear filters" size="sm" look="quiet" onClick={filters.clear}>
          Clear
        </Button>
      )}
    </form>
  );
}

function Rows<Row>({ page, ...props }: Props<Row> & { page: Page<Row> }) {
  const { filters, acts, rowKey } = props;
  const selection = useSelection(page.items.map(rowKey), JSON.stringify(filters.query));
  if (page.items.length === 0) return filters.isFiltered ? <NoMatch {...props} /> : props.empty;
  return (
    <div aria-busy={props.list.isPlaceholderData}>
      <ListTable
        caption={props.caption}
        columns={props.columns}
        rows={page.items}
        rowKey={rowKey}
        rowClassName={props.rowClassName}
        selection={acts && selection}
        order={
          props.defaultSort === undefined
            ? undefined
            : {
                current: filters.sort || props.defaultSort,
                hrefOf: (sort) => filters.hrefWith({ sort }),
                onSort: filters.sortBy,
              }
        }
      />
      {acts && <SelectionBar list={page} filters={filters} selection={selection} acts={acts} />}
      <Pager
        shown={page.items.length}
        total={page.total}
        totalIsCapped={page.totalIsCapped}
        cursor={filters.cursor}
        nextCursor={page.nextCursor}
        hrefOf={(cursor) => filters.hrefWith({ cursor })}
        onMove={filters.moveTo}
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
      {Object.entries(filters.conditions)
        .map(([key, value]) => `${key}: ${value}`)
        .join(", ")}
    </EmptyState>
  );
}
