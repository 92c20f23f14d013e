import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { Prefetched } from "#components/live/prefetched.tsx";
import { lineItemsOf, reads } from "#components/live/reads.ts";
import { CourseProof } from "#components/proof/course-proof.tsx";
import { decide, verify } from "./actions.ts";

export const metadata: Metadata = { title: "Proof of grades" };

export default async function ProofPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/proof`);
  const [proof, lineItems, differences] = await Promise.all([
    prefetch(caller, reads.courseProof({ courseId })),
    prefetch(caller, lineItemsOf(courseId)),
    prefetchList(caller, reads.differences, props.searchParams, { courseId }),
  ]);
  return (
    <Prefetched reads={[proof, lineItems, differences]}>
      <CourseProof courseId={courseId} verify={verify} decide={decide} />
    </Prefetched>
  );
}
