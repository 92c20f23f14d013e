"use client";

import { History } from "lucide-react";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import type { TokenRequestReason } from "#lib/operations/tokens/schema.ts";
import { REASON_WORDS } from "../token-words.ts";
import { REQUEST_COLUMNS } from "./request-columns.tsx";

const REASONS = (Object.keys(REASON_WORDS) as TokenRequestReason[]).map((value) => ({
  value,
  label: REASON_WORDS[value].short,
}));
const OUTCOMES = [
  { value: "granted", label: "Granted" },
  { value: "refused", label: "Turned down" },
];

/** Every token request: why it was made, for what, and what the platform said. */
export function TokenHistory({ registrationId }: { registrationId: string }) {
  const filters = useUrlFilters(["reason", "outcome", "since", "until"]);
  const { values, set } = filters;
  const source = reads.tokenRequests({ ...filters.query, registrationId });
  return (
    <LiveList
      caption="Token requests"
      list={useRead(source)}
      source={source}
      defaultSort="-at"
      filters={filters}
      columns={REQUEST_COLUMNS}
      rowKey={(request) => request.id}
      empty={
        <EmptyState icon={History} title="No token requests yet">
          One is made when the first run needs a token.
        </EmptyState>
      }
      filterBar={
        <>
          <SelectFilter
            name="reason"
            label="Why"
            all="For any reason"
            options={REASONS}
            value={values.reason}
            onChange={(reason) => set("reason", reason)}
          />
          <SelectFilter
            name="outcome"
            label="Result"
            all="Any result"
            options={OUTCOMES}
            value={values.outcome}
            onChange={(outcome) => set("outcome", outcome)}
          />
          <DateRangeFilters values={values} set={set} />
        </>
      }
    />
  );
}
