"use client";

import { CirclePause } from "lucide-react";
import type { BulkActs } from "#components/bulk/bulk-dialog.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { RegistrationFilter } from "#components/lists/tools/choice-filters.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { stateOptions } from "#components/states/shown.ts";
import { HOLD_STATES } from "#components/states/tables/rosters.ts";
import { HOLD_COLUMNS } from "./hold-columns.tsx";
import { RULE_WORDS } from "./hold-words.ts";

const RULES = Object.entries(RULE_WORDS).map(([value, label]) => ({ value, label }));
const OTHER_STATES = stateOptions(HOLD_STATES).filter(({ value }) => value !== "open");

/** Removals that wait for a person, newest first. */
export function HoldList(props: { registrations: FilterOption[]; bulk: BulkActs }) {
  const { registrations } = props;
  const filters = useUrlFilters(["state", "rule", "registrationId", "since", "until"]);
  const { values, set } = filters;
  const source = reads.holds(filters.query);
  const list = useRead(source);
  return (
    <LiveList
      caption="Holds"
      list={list}
      source={source}
      acts={{ acts: props.bulk, actions: ["holds.approve", "holds.discard"], wide: ["state"] }}
      views="holds"
      defaultSort="-createdAt"
      filters={filters}
      columns={HOLD_COLUMNS}
      rowKey={(hold) => hold.id}
      filterBar={
        <>
          <SelectFilter
            name="state"
            label="State"
            all="Waiting"
            options={[...OTHER_STATES, { value: "all", label: "All states" }]}
            value={values.state}
            onChange={(state) => set("state", state)}
          />
          <SelectFilter
            name="rule"
            label="Rule"
            all="All rules"
            options={RULES}
            value={values.rule}
            onChange={(rule) => set("rule", rule)}
          />
          <RegistrationFilter registrations={registrations} values={values} set={set} />
          <MoreFilters names={["since", "until"]} values={values}>
            <DateRangeFilters values={values} set={set} />
          </MoreFilters>
        </>
      }
      empty={<NoHolds />}
    />
  );
}

function NoHolds() {
  return (
    <EmptyState icon={CirclePause} title="No holds">
      Removals wait here when a sync would remove more than 10% of a course and at least 5 people,
      when nobody would be left in it, or no instructor. Everything else is applied at once.
    </EmptyState>
  );
}
