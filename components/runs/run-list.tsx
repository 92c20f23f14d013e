"use client";

import { Activity, ArrowUp } from "lucide-react";
import type { BulkActs } from "#components/bulk/bulk-dialog.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { RegistrationFilter } from "#components/lists/tools/choice-filters.tsx";
import { StateFilter } from "#components/lists/tools/state-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { useSteadyRows } from "#components/lists/state/use-steady-rows.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { Chip } from "#components/ui/tables/filter-chips.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { RUN_STATES } from "#components/states/tables/runs.ts";
import { formatCountUpTo, plural } from "#lib/format.ts";
import type { RunPage, RunState, RunView } from "#lib/operations/runs/schema.ts";
import { RUN_COLUMNS, RUN_COLUMNS_OF_ONE } from "./run-columns.tsx";
import { MoreRunFilters } from "./run-filters.tsx";
import { KIND_WORDS } from "./kind-words.ts";

const KINDS = Object.entries(KIND_WORDS).map(([value, { name }]) => ({ value, label: name }));
const FILTERS = [
  "q",
  "state",
  "kind",
  "registrationId",
  "courseId",
  "trigger",
  "actor",
  "errorCode",
  "since",
  "until",
  "minSeconds",
  "maxSeconds",
] as const;

/** Runs, newest first: all of them, or those that `fixed` names. */
export function RunList(props: {
  registrations?: FilterOption[];
  fixed?: { courseId: string } | { registrationId: string };
  bulk?: BulkActs;
}) {
  const { fixed, registrations } = props;
  const filters = useUrlFilters(FILTERS);
  const query = { ...filters.query, ...fixed };
  const source = reads.runs(query);
  const list = useRead(source);
  const steady = useSteadyRows(list.data?.items ?? [], JSON.stringify(query));
  const shown = list.data && { ...list.data, items: steady.rows };
  return (
    <>
      <NewRuns waiting={steady.waiting} show={steady.showAll} />
      <LiveList<RunView>
        caption="Runs"
        list={{ ...list, data: shown } as typeof list}
        source={source}
        acts={props.bulk && { acts: props.bulk, actions: ["runs.retry", "runs.cancel"] }}
        views="runs"
        defaultSort="-createdAt"
        filters={filters}
        columns={fixed ? RUN_COLUMNS_OF_ONE : RUN_COLUMNS}
        rowKey={(run) => run.id}
        filterBar={
          <>
            <SearchField
              name="q"
              label="Search runs"
              placeholder="Course, who, or run ID"
              value={filters.values.q}
              onSearch={(text) => filters.set("q", text)}
            />
            <StateFilter
              chips={stateChips(list.data, filters.values.state)}
              value={filters.values.state}
              onChange={(state) => filters.set("state", state)}
            />
            <SelectFilter
              name="kind"
              label="Kind"
              all="All kinds"
              options={KINDS}
              value={filters.values.kind}
              onChange={(kind) => filters.set("kind", kind)}
            />
            {registrations && (
              <RegistrationFilter
                registrations={registrations}
                values={filters.values}
                set={filters.set}
              />
            )}
            <MoreRunFilters values={filters.values} set={filters.set} />
          </>
        }
        empty={<NoRuns />}
      />
    </>
  );
}

function stateChips(
  counts: Pick<RunPage, "counts" | "cappedCounts"> | undefined,
  chosen: string,
): Chip[] {
  return Object.entries(RUN_STATES).flatMap(([value, { word }]) => {
    const state = value as RunState;
    const count = counts?.counts[state];
    const isShown = count !== 0 || chosen.split(",").includes(value) || ALWAYS.has(value);
    const isCapped = counts?.cappedCounts.includes(state) ?? false;
    const shown = count === undefined ? null : formatCountUpTo(count, isCapped);
    return isShown ? [{ value, label: word, count: shown }] : [];
  });
}

// Paused and held are rare; they get a chip when there are any.
const ALWAYS: ReadonlySet<string> = new Set<RunState>([
  "queued",
  "running",
  "succeeded",
  "partly_succeeded",
  "failed",
  "cancelled",
]);

function NewRuns({ waiting, show }: { waiting: number; show: () => void }) {
  return (
    <div role="status" className="sticky top-16 z-20 flex justify-center lg:top-3">
      {waiting > 0 && (
        <Button look="primary" size="sm" className="mb-2 rounded-full shadow-float" onClick={show}>
          <ArrowUp aria-hidden /> {plural(waiting, "new run")}
        </Button>
      )}
    </div>
  );
}

function NoRuns() {
  return (
    <EmptyState icon={Activity} title="No runs yet">
      A run is one sync: rosters coming in, or grades going out. Start one on a course, or for all
      courses on a registration.
    </EmptyState>
  );
}
