"use client";

import { Layers } from "lucide-react";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { StartedByFilter } from "#components/lists/tools/text-filters.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { stateOptions } from "#components/states/shown.ts";
import { BULK_STATES } from "#components/states/tables/runs.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import { ACTION_WORDS, filterSentence, resultWords } from "./bulk-words.ts";

const ACTS = Object.entries(ACTION_WORDS).map(([value, { what }]) => ({ value, label: what }));

/** Bulk operations, newest first. */
export function BulkList() {
  const filters = useUrlFilters(["state", "action", "actor", "since", "until"]);
  const { values, set } = filters;
  const source = reads.operations(filters.query);
  const list = useRead(source);
  return (
    <LiveList
      caption="Bulk operations"
      list={list}
      source={source}
      views="bulk"
      filters={filters}
      columns={COLUMNS}
      rowKey={(operation) => operation.id}
      filterBar={
        <>
          <SelectFilter
            name="state"
            label="State"
            all="All states"
            options={stateOptions(BULK_STATES)}
            value={values.state}
            onChange={(state) => set("state", state)}
          />
          <SelectFilter
            name="action"
            label="What"
            all="All acts"
            options={ACTS}
            value={values.action}
            onChange={(action) => set("action", action)}
          />
          <StartedByFilter values={values} set={set} />
          <MoreFilters names={["since", "until"]} values={values}>
            <DateRangeFilters values={values} set={set} />
          </MoreFilters>
        </>
      }
      empty={
        <EmptyState icon={Layers} title="No bulk operations yet">
          Set a filter on runs, courses or holds, then choose what to do with all that match.
        </EmptyState>
      }
    />
  );
}

const COLUMNS: Column<BulkView>[] = [
  {
    key: "what",
    header: "What",
    isLead: true,
    cell: (operation) => (
      <>
        <RowLink href={`/operations/${operation.id}`}>
          {ACTION_WORDS[operation.action].what}
        </RowLink>
        <span className="block text-xs text-muted">{filterSentence(operation.filterWords)}</span>
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of={BULK_STATES} state={state} />,
  },
  {
    key: "progress",
    header: "Progress",
    phone: "figure",
    cell: (operation) => <span className="tabular-nums">{resultWords(operation)}</span>,
  },
  { key: "by", header: "Started by", cell: ({ startedBy }) => startedBy },
  {
    key: "started",
    header: "Started",
    phone: "figure",
    align: "end",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
