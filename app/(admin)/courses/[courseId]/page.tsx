import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { CourseOverview } from "#components/courses/course-overview.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { latestChangesOf } from "#components/live/reads.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Course" };

export default async function CoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}`);
  return (
    <Prefetched reads={[await prefetch(caller, latestChangesOf(courseId))]}>
      <CourseOverview courseId={courseId} scopes={serviceScopes()} />
    </Prefetched>
  );
}
