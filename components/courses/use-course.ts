"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";

/** The course of the page, kept current. */
export function useCourse(courseId: string) {
  return useLiveResource<CourseView>(
    `/api/v1/courses/${courseId}`,
    {},
    ({ activeRunId }) => activeRunId !== null,
  );
}
