"use client";

import { ClipboardList } from "lucide-react";
import type { ReactNode } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import { LiveList } from "#components/lists/live-list.tsx";
import { PersonFilter } from "#components/lists/person-filter.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { ErrorCodeFilter } from "#components/lists/tools/text-filters.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { StateFilter } from "#components/lists/tools/state-filter.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { lineItemsOf, reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { SCORE_STATES } from "#components/states/tables/scores.ts";
import type { ScoreState } from "#lib/operations/scores/schema.ts";
import { scoreColumns } from "./score-columns.tsx";
import { ResendRejected } from "./resend-rejected.tsx";
import { ConflictsCard } from "./conflict-decision.tsx";

const LESS_OFTEN = ["lineItemId", "errorCode", "since", "until"] as const;
const FILTERS = ["q", "state", "userId", ...LESS_OFTEN] as const;

/** Every wanted score of a course, and what became of it. */
export function ScoreList(props: {
  courseId: string;
  empty: ReactNode;
  /** Beside the filters: the ways to enter scores. */
  tools?: ReactNode;
  resolveConflicts: FormAction;
  withdrawScore: FormAction;
  resend: FormAction;
}) {
  const { courseId, empty } = props;
  const decide = { courseId, resolve: props.resolveConflicts };
  const filters = useUrlFilters(FILTERS);
  const { values, set } = filters;
  const { data: course } = useRead(reads.course({ courseId }));
  const lineItems = useRead(lineItemsOf(courseId));
  const source = reads.scores({ courseId, ...filters.query });
  const list = useRead(source);
  const chips = (Object.keys(SCORE_STATES) as ScoreState[])
    .map((state) => ({
      value: state,
      label: SCORE_STATES[state].word,
      count: course?.scores[state] ?? null,
    }))
    .filter(({ value, count }) => value !== "conflict" || count || values.state === value);
  const filterBar = (
    <>
      <SearchField
        name="q"
        label="Search scores"
        placeholder="Name or user ID"
        value={values.q}
        onSearch={(text) => set("q", text)}
      />
      <StateFilter
        isSingle
        chips={chips}
        value={values.state}
        onChange={(state) => set("state", state)}
      />
      <MoreFilters names={LESS_OFTEN} values={values}>
        <SelectFilter
          name="lineItemId"
          label="Line item"
          all="All line items"
          options={lineItems.data?.items.map(optionOf) ?? []}
          value={values.lineItemId}
          onChange={(lineItemId) => set("lineItemId", lineItemId)}
        />
        <ErrorCodeFilter example="lti.request_rejected" values={values} set={set} />
        <DateRangeFilters values={values} set={set} />
      </MoreFilters>
      <PersonFilter value={values.userId} onChange={(userId) => set("userId", userId)} />
    </>
  );
  return (
    <>
      <ConflictsCard {...decide} scores={list.data?.items ?? []} />
      <LiveList
        caption="Scores"
        list={list}
        source={source}
        views="scores"
        defaultSort="name"
        filters={filters}
        columns={scoreColumns(list.data?.items ?? [], {
          ...decide,
          withdraw: props.withdrawScore,
        })}
        rowKey={({ id }) => id}
        filterBar={filterBar}
        tools={
          values.state === "rejected" && course ? (
            <ResendRejected
              course={course}
              scores={list.data?.items ?? []}
              hasMore={Boolean(list.data?.nextCursor)}
              resend={props.resend}
            />
          ) : (
            props.tools
          )
        }
        empty={
          <EmptyState icon={ClipboardList} title="No scores yet">
            {empty}
          </EmptyState>
        }
      />
    </>
  );
}

function optionOf({ id, label }: { id: string; label: string }): FilterOption {
  return { value: id, label };
}
