import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { paintList, type SearchParams } from "../../../../_server/read-filter.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RunList } from "#components/runs/run-list.tsx";
import { listRuns } from "#lib/operations/runs/runs.ts";
import { RunFilter } from "#lib/operations/runs/schema.ts";

export const metadata: Metadata = { title: "Runs of a course" };

export default async function CourseRunsPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/runs`);
  const reads = await paintList({
    path: "/api/v1/runs",
    schema: RunFilter,
    searchParams: props.searchParams,
    fixed: { courseId },
    read: (filter) => listRuns(caller, filter),
  });
  return (
    <FirstPaint reads={reads}>
      <RunList fixed={{ courseId }} />
    </FirstPaint>
  );
}
