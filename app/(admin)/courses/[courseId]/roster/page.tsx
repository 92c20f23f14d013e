import type { Metadata } from "next";
import { pageCaller } from "../../../../_server/caller.ts";
import { found } from "../../../../_server/found.ts";
import { paintList, type SearchParams } from "../../../../_server/read-filter.ts";
import { holdLarger, restoreMember } from "./actions.ts";
import { MemberList } from "#components/courses/member-list.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { LargerDrops } from "#components/rosters/larger-drops.tsx";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import { MemberFilter } from "#lib/operations/courses/schema.ts";

export const metadata: Metadata = { title: "Roster" };

export default async function RosterPage(props: {
  params: Promise<{ courseId: string }>;
  searchParams: SearchParams;
}) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}/roster`);
  const { offersMemberships } = await found(getCourse(caller, { courseId }));
  const reads = await paintList({
    path: `/api/v1/courses/${courseId}/members`,
    schema: MemberFilter,
    searchParams: props.searchParams,
    read: (filter) => listMembers(caller, { courseId, ...filter }),
  });
  return (
    <FirstPaint reads={reads}>
      <LargerDrops courseId={courseId} holdLarger={holdLarger} />
      <MemberList
        courseId={courseId}
        restoreMember={restoreMember}
        empty={
          offersMemberships
            ? "Sync roster reads everybody in the course from the LMS."
            : "The LMS did not offer names and roles for this course, so there is nothing to read."
        }
      />
    </FirstPaint>
  );
}
