import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { RunList } from "#components/runs/run-list.tsx";

export const metadata: Metadata = { title: "Runs of a course" };

export default async function CourseRunsPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/runs`);
  const list = await prefetchList(caller, reads.runs, props.searchParams, { courseId });
  return (
    <Prefetched reads={[list]}>
      <RunList fixed={{ courseId }} />
    </Prefetched>
  );
}
