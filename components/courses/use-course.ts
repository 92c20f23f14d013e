"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import type { CourseView } from "#lib/operations/schemas/courses.ts";

/** The course of the page, kept current. */
export function useCourse(courseId: string) {
  return useLiveResource<CourseView>(
    `/api/v1/courses/${courseId}`,
    {},
    ({ activeRunId }) => activeRunId !== null,
  );
}
