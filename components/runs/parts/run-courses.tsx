"use client";

import { useState } from "react";
import { ListTable } from "#components/lists/list-table.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { FilterChips } from "#components/ui/tables/filter-chips.tsx";
import { PART_STATES } from "#components/states/tables/run-parts.ts";
import { plural } from "#lib/format.ts";
import type { PartState, RunCourseView, RunDetail } from "#lib/operations/runs/schema.ts";
import { runCourseColumns } from "./run-course-columns.tsx";

const STEP = 100;

/** The courses of a roster sync in the order they are read; once it is over, the failed first. */
export function RunCourses({ run }: { run: RunDetail }) {
  const [states, setStates] = useState<string[]>([]);
  const [limit, setLimit] = useState(STEP);
  const courses = run.finishedAt ? failedFirst(run.courses) : run.courses;
  const matching = courses.filter(({ state }) => states.length === 0 || states.includes(state));
  const rest = matching.length - limit;
  return (
    <Card aria-labelledby="run-courses">
      <CardHeader
        id="run-courses"
        title={run.courseId === null ? "Courses" : "Course"}
        description={
          run.courseId === null &&
          "One token for all of them; the endpoint is swapped from course to course"
        }
        actions={
          run.courseId === null && (
            <FilterChips
              name="state"
              label="State"
              chips={chipsOf(courses)}
              selected={states}
              onChange={setStates}
            />
          )
        }
      />
      <ListTable
        caption="Courses of this run"
        columns={runCourseColumns(run.courses)}
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

function failedFirst(courses: RunCourseView[]): RunCourseView[] {
  const rank = ({ state }: RunCourseView) => (state === "failed" || state === "held" ? 0 : 1);
  return [...courses].sort((a, b) => rank(a) - rank(b));
}

function chipsOf(courses: RunCourseView[]) {
  const entries = Object.entries(PART_STATES) as [PartState, { word: string }][];
  return entries.flatMap(([value, { word }]) => {
    const count = courses.filter(({ state }) => state === value).length;
    return count === 0 ? [] : [{ value, label: word, count }];
  });
}
