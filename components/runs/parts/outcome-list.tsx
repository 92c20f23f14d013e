"use client";

import { ListChecks } from "lucide-react";
import { PersonLink } from "#components/courses/people/person-link.tsx";
import { CutPlatformWords } from "#components/errors/cut-platform-words.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { ClockTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { FilterChips } from "#components/ui/tables/filter-chips.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { stateOptions } from "#components/states/shown.ts";
import { OUTCOME_STATES } from "#components/states/tables/run-parts.ts";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, formatCountUpTo, formatNumber, plural, UNKNOWN } from "#lib/format.ts";
import type { OutcomePage, ScoreOutcomeView } from "#lib/operations/runs/schema.ts";

const person = (courseId: string | null): Column<ScoreOutcomeView> => ({
  key: "person",
  header: "Person",
  isLead: true,
  cell: ({ name, userId }) => <PersonLink courseId={courseId} userId={userId} name={name} />,
});

const COLUMNS: Column<ScoreOutcomeView>[] = [
  {
    key: "outcome",
    header: "Outcome",
    phone: "state",
    cell: ({ kind }) => <StateBadge of={OUTCOME_STATES} state={kind} />,
  },
  { key: "line-item", header: "Line item", cell: ({ lineItemLabel }) => lineItemLabel },
  {
    key: "score",
    header: "Score",
    phone: "figure",
    align: "end",
    cell: ({ scoreGiven }) => (scoreGiven === null ? "Cleared" : formatNumber(scoreGiven)),
  },
  {
    key: "batch",
    header: "Batch",
    align: "end",
    // Scores that a stopped worker left behind are handled outside any batch.
    cell: ({ batch }) => (batch < 0 ? UNKNOWN : formatCount(batch + 1)),
  },
  { key: "at", header: "At", sort: "at", align: "end", cell: ({ at }) => <ClockTime at={at} /> },
];

const REASON: Column<ScoreOutcomeView> = {
  key: "reason",
  header: "The platform's words",
  phone: "figure",
  className: "[--cut:18rem]",
  cell: ({ problem, httpStatus, name, userId }) =>
    problem ? (
      <CutPlatformWords problem={problem} httpStatus={httpStatus} of={name ?? userId} />
    ) : (
      UNKNOWN
    ),
};

/** The reason takes its room only where there is one. */
function columnsFor(
  courseId: string | null,
  outcomes: ScoreOutcomeView[],
): Column<ScoreOutcomeView>[] {
  const hasReason = outcomes.some(({ problem }) => problem !== null);
  return [person(courseId), ...COLUMNS, ...(hasReason ? [REASON] : [])];
}

function chipsOf(page: OutcomePage | undefined) {
  return stateOptions(OUTCOME_STATES).map(({ value, label }) => {
    const kind = value as ScoreOutcomeView["kind"];
    const isCapped = page?.cappedCounts.includes(kind) ?? false;
    return { value, label, count: page && formatCountUpTo(page.counts[kind], isCapped) };
  });
}

/** What became of each score, with the platform's reason where it said no. */
export function OutcomeList(props: {
  runId: string;
  /** The course whose people they are. */
  courseId: string | null;
  isActive: boolean;
  /** Scores of the run that have no outcome yet. */
  waiting: number;
}) {
  const { runId, courseId, isActive, waiting } = props;
  const filters = useUrlFilters(["kind"]);
  const source = reads.outcomes({ runId, ...filters.query });
  const list = useRead(source, isActive);
  return (
    <LiveList
      caption="Outcomes"
      list={list}
      source={source}
      defaultSort="at"
      filters={filters}
      columns={columnsFor(courseId, list.data?.items ?? [])}
      rowKey={(outcome) => outcome.id}
      filterBar={
        <FilterChips
          name="kind"
          isSingle
          label="Outcome"
          chips={chipsOf(list.data)}
          selected={filters.values.kind === "" ? [] : [filters.values.kind]}
          onChange={(kinds) => filters.set("kind", kinds.at(-1) ?? "")}
        />
      }
      tools={
        courseId !== null &&
        waiting > 0 && (
          <TextLink href={`/courses/${courseId}/grades?state=pending`} className="py-1 text-xs">
            {plural(waiting, "score")} {waiting === 1 ? "waits" : "wait"}
          </TextLink>
        )
      }
      empty={
        <EmptyState icon={ListChecks} title="No outcomes yet">
          Each score gets a line here as soon as the platform has answered.
        </EmptyState>
      }
    />
  );
}
