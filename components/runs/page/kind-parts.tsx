import type { ReactNode } from "react";
import { RosterChanges } from "#components/rosters/change-list.tsx";
import { Batches } from "#components/runs/batches/batches.tsx";
import { OutcomeList } from "#components/runs/parts/outcome-list.tsx";
import { RunCourses } from "#components/runs/parts/run-courses.tsx";
import { isActive } from "#components/runs/run-words.ts";
import { VerifiedCourses } from "#components/runs/parts/verified-courses.tsx";
import type { RunDetail, RunKind } from "#lib/operations/runs/schema.ts";

export type KindPart = { label: string; count?: number; content: ReactNode };

/** What a run of each kind did to people, and the parts that it consists of. */
export const KIND_PARTS: Record<
  RunKind,
  { people: (run: RunDetail) => KindPart; parts?: (run: RunDetail) => KindPart }
> = {
  roster_sync: {
    people: (run) => ({
      label: "People",
      content: <RosterChanges run={run} isActive={isActive(run)} />,
    }),
    parts: (run) => ({
      label: "Courses",
      count: run.courses.length,
      content: <RunCourses run={run} />,
    }),
  },
  grade_sync: {
    people: (run) => ({
      label: "People",
      content: <OutcomeList runId={run.id} courseId={run.courseId} isActive={isActive(run)} />,
    }),
    parts: (run) => ({
      label: "Batches",
      count: run.batches.length,
      content: <Batches run={run} />,
    }),
  },
  verify: {
    people: (run) => ({ label: "Findings", content: <VerifiedCourses run={run} /> }),
  },
};
