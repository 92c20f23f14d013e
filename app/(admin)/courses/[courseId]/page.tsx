import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { approveOrigin } from "../../registrations/[registrationId]/actions.ts";
import { CourseOverview } from "#components/courses/course-overview.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { latestChangesOf, reads } from "#components/live/reads.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Course" };

export default async function CoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}`);
  const { registrationId } = await found(getCourse(caller, { courseId }));
  const read = await Promise.all([
    prefetch(caller, latestChangesOf(courseId)),
    prefetch(caller, reads.registration({ registrationId })),
  ]);
  return (
    <Prefetched reads={read}>
      <CourseOverview courseId={courseId} scopes={serviceScopes()} approveOrigin={approveOrigin} />
    </Prefetched>
  );
}
