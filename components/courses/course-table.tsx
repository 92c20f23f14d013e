"use client";

import { GraduationCap } from "lucide-react";
import { ActLink } from "#components/access/act-link.tsx";
import type { BulkActs } from "#components/bulk/bulk-dialog.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { ArchivedFilter, RegistrationFilter } from "#components/lists/tools/choice-filters.tsx";
import { ErrorCodeFilter } from "#components/lists/tools/text-filters.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { stateOptions } from "#components/states/shown.ts";
import { HEALTH_STATES } from "#components/states/tables/health.ts";
import { COURSE_COLUMNS } from "./course-columns.tsx";

const LESS_OFTEN = ["service", "scope", "waiting", "errorCode", "archived"] as const;
const FILTERS = ["q", "registrationId", "health", ...LESS_OFTEN] as const;

/** Courses: all of them, or those of the registration that `fixed` names. */
export function CourseTable(props: {
  registrations?: FilterOption[];
  scopes: FilterOption[];
  fixed?: { registrationId: string };
  bulk?: BulkActs;
}) {
  const { registrations, scopes, fixed, bulk } = props;
  const filters = useUrlFilters(FILTERS);
  const { values, set } = filters;
  const source = reads.courses({ ...filters.query, ...fixed });
  const list = useRead(source);
  const choice = (name: keyof typeof CHOICES) => (
    <SelectFilter
      key={name}
      name={name}
      {...CHOICES[name]}
      options={name === "scope" ? scopes : CHOICES[name].options}
      value={values[name]}
      onChange={(value) => set(name, value)}
    />
  );
  const filterBar = (
    <>
      <SearchField
        name="q"
        label="Search courses"
        placeholder="Title, label or context ID"
        value={values.q}
        onSearch={(text) => set("q", text)}
      />
      {registrations && (
        <RegistrationFilter registrations={registrations} values={values} set={set} />
      )}
      {choice("health")}
      <MoreFilters names={LESS_OFTEN} values={values}>
        {(["service", "scope", "waiting"] as const).map(choice)}
        <ArchivedFilter values={values} set={set} />
        <ErrorCodeFilter example="lti.token_refused" values={values} set={set} />
      </MoreFilters>
    </>
  );
  return (
    <LiveList
      caption="Courses"
      list={list}
      source={source}
      acts={
        bulk && {
          acts: bulk,
          actions: ["courses.sync_rosters", "courses.sync_grades", "courses.verify"],
          wide: ["archived"],
        }
      }
      views="courses"
      defaultSort="title"
      filters={filters}
      columns={fixed ? COLUMNS_OF_ONE : COURSE_COLUMNS}
      rowKey={(course) => course.id}
      filterBar={filterBar}
      empty={<NoCourses of={fixed?.registrationId} canAdd={registrations?.length !== 0} />}
    />
  );
}

const CHOICES: Record<
  "health" | "service" | "scope" | "waiting",
  { label: string; all: string; options: FilterOption[] }
> = {
  scope: { label: "Scope", all: "Any scope", options: [] },
  service: {
    label: "Service",
    all: "All services",
    options: [
      { value: "memberships", label: "Offers rosters" },
      { value: "grades", label: "Offers grades" },
    ],
  },
  health: {
    label: "Health",
    all: "Any health",
    options: stateOptions(HEALTH_STATES),
  },
  waiting: {
    label: "Waiting",
    all: "Waiting or not",
    options: [
      { value: "roster", label: "Roster stale" },
      { value: "scores", label: "Scores waiting" },
    ],
  },
};

const COLUMNS_OF_ONE = COURSE_COLUMNS.filter(({ key }) => key !== "registration");

function hrefOfFirst(canAdd: boolean, registrationId: string | undefined): string {
  if (!canAdd) return "/registrations/new";
  return registrationId ? `/courses/new?registrationId=${registrationId}` : "/courses/new";
}

function NoCourses({ of, canAdd }: { of?: string; canAdd: boolean }) {
  return (
    <EmptyState
      icon={GraduationCap}
      title="No courses yet"
      actions={
        <ActLink href={hrefOfFirst(canAdd, of)} look="primary">
          {canAdd ? "Add a course" : "Connect an LMS first"}
        </ActLink>
      }
    >
      A course is one context of an LMS with its service addresses. They come with a launch, or are
      pasted here or sent over the API.
    </EmptyState>
  );
}
