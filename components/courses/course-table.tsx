"use client";

import { GraduationCap } from "lucide-react";
import { ActLink } from "#components/access/act-link.tsx";
import type { BulkActs } from "#components/bulk/bulk-dialog.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter, type FilterOption } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { COURSE_COLUMNS } from "./course-columns.tsx";

const FILTERS = ["q", "registrationId", "service", "health", "waiting", "archived"] as const;

export function CourseTable(props: { registrations: FilterOption[]; bulk: BulkActs }) {
  const { registrations } = props;
  const filters = useUrlFilters(FILTERS);
  const source = reads.courses(filters.query);
  const list = useRead(source);
  const filterBar = (
    <>
      <SearchField
        name="q"
        label="Search courses"
        placeholder="Title, label or context ID"
        value={filters.values.q}
        onSearch={(text) => filters.set("q", text)}
      />
      {CHOICES.map(({ name, ...choice }) => (
        <SelectFilter
          key={name}
          name={name}
          {...choice}
          options={name === "registrationId" ? registrations : choice.options}
          value={filters.values[name]}
          onChange={(value) => filters.set(name, value)}
        />
      ))}
    </>
  );
  return (
    <LiveList
      caption="Courses"
      list={list}
      source={source}
      acts={{
        acts: props.bulk,
        actions: ["courses.sync_rosters", "courses.sync_grades", "courses.verify"],
        wide: ["archived"],
      }}
      views="courses"
      defaultSort="title"
      filters={filters}
      columns={COURSE_COLUMNS}
      rowKey={(course) => course.id}
      filterBar={filterBar}
      empty={<NoCourses canAdd={registrations.length > 0} />}
    />
  );
}

const CHOICES: {
  name: Exclude<(typeof FILTERS)[number], "q">;
  label: string;
  all: string;
  options: FilterOption[];
}[] = [
  { name: "registrationId", label: "Registration", all: "All registrations", options: [] },
  {
    name: "service",
    label: "Service",
    all: "All services",
    options: [
      { value: "memberships", label: "Offers rosters" },
      { value: "grades", label: "Offers grades" },
    ],
  },
  {
    name: "health",
    label: "Health",
    all: "Any health",
    options: [
      { value: "healthy", label: "Healthy" },
      { value: "warning", label: "Warning" },
      { value: "degraded", label: "Degraded" },
      { value: "paused", label: "Paused" },
      { value: "unknown", label: "Unknown" },
    ],
  },
  {
    name: "waiting",
    label: "Waiting",
    all: "Waiting or not",
    options: [
      { value: "roster", label: "Roster stale" },
      { value: "scores", label: "Scores waiting" },
    ],
  },
  {
    name: "archived",
    label: "Archived",
    all: "In use",
    options: [
      { value: "yes", label: "Archived" },
      { value: "all", label: "All" },
    ],
  },
];

function NoCourses({ canAdd }: { canAdd: boolean }) {
  return (
    <EmptyState
      icon={GraduationCap}
      title="No courses yet"
      actions={
        <ActLink href={canAdd ? "/courses/new" : "/registrations/new"} look="primary">
          {canAdd ? "Add a course" : "Connect an LMS first"}
        </ActLink>
      }
    >
      A course is one context of an LMS with its service addresses. They come with a launch, or are
      pasted here or sent over the API.
    </EmptyState>
  );
}
