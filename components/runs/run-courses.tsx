"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { FilterChips } from "#components/ui/filter-chips.tsx";
import { plural } from "#lib/format.ts";
import type { PartState, RunCourseView } from "#lib/operations/schemas/runs.ts";
import { PART_STATES } from "./part-state.tsx";
import { RUN_COURSE_COLUMNS } from "./run-course-columns.tsx";

const STEP = 100;

/** The courses of a roster sync, in the order they are read. */
export function RunCourses({ courses }: { courses: RunCourseView[] }) {
  const [states, setStates] = useState<string[]>([]);
  const [limit, setLimit] = useState(STEP);
  const matching = courses.filter(({ state }) => states.length === 0 || states.includes(state));
  const rest = matching.length - limit;
  return (
    <Card aria-labelledby="run-courses">
      <CardHeader
        id="run-courses"
        title="Courses"
        description="One token for all of them; the endpoint is swapped from course to course"
        actions={
          <FilterChips
            label="State"
            chips={chipsOf(courses)}
            selected={states}
            onChange={setStates}
          />
        }
      />
      <DataTable
        caption="Courses of this run"
        columns={RUN_COURSE_COLUMNS}
        rows={matching.slice(0, limit)}
        rowKey={({ courseId }) => courseId}
      />
      {rest > 0 && (
        <div className="border-t p-3 text-center">
          <Button size="sm" onClick={() => setLimit(limit + STEP)}>
            Show {plural(Math.min(rest, STEP), "more course")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function chipsOf(courses: RunCourseView[]) {
  const entries = Object.entries(PART_STATES) as [PartState, { word: string }][];
  return entries.flatMap(([value, { word }]) => {
    const count = courses.filter(({ state }) => state === value).length;
    return count === 0 ? [] : [{ value, label: word, count }];
  });
}
