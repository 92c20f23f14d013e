import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../../../_server/prefetch.ts";
import { holdLarger, restoreMember } from "./actions.ts";
import { MemberList } from "#components/courses/people/member-list.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { reads } from "#components/live/reads.ts";
import { LargerDrops } from "#components/rosters/larger-drops.tsx";

export const metadata: Metadata = { title: "People" };

export default async function RosterPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/roster`);
  const course = await prefetch(caller, reads.course({ courseId }));
  const list = await prefetchList(caller, reads.members, props.searchParams, { courseId });
  return (
    <Prefetched reads={[list]}>
      <LargerDrops courseId={courseId} holdLarger={holdLarger} />
      <MemberList
        courseId={courseId}
        restoreMember={restoreMember}
        empty={
          course.data.offersMemberships
            ? "Sync roster reads everybody in the course from the LMS."
            : "The LMS did not offer names and roles for this course, so there is nothing to read."
        }
      />
    </Prefetched>
  );
}
