import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { handled } from "#components/runs/run-words.ts";
import { isActive } from "#components/states/is-active.ts";
import type { RunDetail, RunKind } from "#lib/operations/runs/schema.ts";

// Only what is open is loaded.
const RosterChanges = dynamic(() =>
  import("#components/rosters/change-list.tsx").then(({ RosterChanges }) => RosterChanges),
);
const Batches = dynamic(() =>
  import("#components/runs/batches/batches.tsx").then(({ Batches }) => Batches),
);
const OutcomeList = dynamic(() =>
  import("#components/runs/parts/outcome-list.tsx").then(({ OutcomeList }) => OutcomeList),
);
const RunCourses = dynamic(() =>
  import("#components/runs/parts/run-courses.tsx").then(({ RunCourses }) => RunCourses),
);
const VerifiedCourses = dynamic(() =>
  import("#components/runs/parts/verified-courses.tsx").then(
    ({ VerifiedCourses }) => VerifiedCourses,
  ),
);

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
      content: (
        <OutcomeList
          runId={run.id}
          courseId={run.courseId}
          isActive={isActive(run)}
          waiting={run.finishedAt !== null || run.total === null ? 0 : run.total - handled(run)}
        />
      ),
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
