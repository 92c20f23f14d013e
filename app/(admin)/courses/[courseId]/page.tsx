import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { CourseOverview } from "#components/courses/course-overview.tsx";
import { serviceScopes } from "#lib/operations/platform-facts.ts";

export const metadata: Metadata = { title: "Course" };

export default async function CoursePage(props: { params: Promise<{ courseId: string }> }) {
  const { courseId } = await props.params;
  await pageCaller(`/courses/${courseId}`);
  return <CourseOverview courseId={courseId} scopes={serviceScopes()} />;
}
