import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { prefetch } from "../../../_server/prefetch.ts";
import { approveOrigin } from "../../registrations/[registrationId]/actions.ts";
import { CoursePictures } from "#components/history/course-pictures.tsx";
import { RefreshWithRuns } from "#components/history/refresh-with-runs.tsx";
import { CourseOverview } from "#components/courses/page/course-overview.tsx";
import { Prefetched } from "#components/live/prefetched.tsx";
import { latestChangesOf, reads, recentRunsOf } from "#components/live/reads.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Course" };

export default async function CoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}`);
  const { registrationId, scores } = await found(getCourse(caller, { courseId }));
  const [{ data: history }, ...read] = await Promise.all([
    prefetch(caller, reads.courseHistory({ courseId })),
    prefetch(caller, recentRunsOf({ courseId })),
    prefetch(caller, latestChangesOf(courseId)),
    prefetch(caller, reads.registration({ registrationId })),
  ]);
  return (
    <Prefetched reads={read}>
      <CourseOverview
        courseId={courseId}
        scopes={serviceScopes()}
        approveOrigin={approveOrigin}
        pictures={
          <>
            <RefreshWithRuns of={{ courseId }} />
            <CoursePictures history={history} waiting={scores.pending + scores.sending} />
          </>
        }
      />
    </Prefetched>
  );
}
