import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { CourseOverview } from "#components/courses/course-overview.tsx";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { listCourseChanges } from "#lib/operations/courses/changes.ts";
import { serviceScopes } from "#lib/operations/registrations/platform-facts.ts";

export const metadata: Metadata = { title: "Course" };

/** As many as the card of changes shows. */
const CHANGES = { limit: 10 };

export default async function CoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  const caller = await pageCaller(`/courses/${courseId}`);
  const data = await found(listCourseChanges(caller, { courseId, ...CHANGES }));
  const path = `/api/v1/courses/${courseId}/changes`;
  return (
    <FirstPaint reads={[{ path, query: CHANGES, data }]}>
      <CourseOverview courseId={courseId} scopes={serviceScopes()} />
    </FirstPaint>
  );
}
