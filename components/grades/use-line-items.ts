"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { LineItemView } from "#lib/operations/scores/schema.ts";

/** More than any grade book that people look at has columns. */
export const MOST_LINE_ITEMS = 200;

/** The line items of a course, kept current. */
export function useLineItems(courseId: string) {
  return useLiveResource<Page<LineItemView>>(`/api/v1/courses/${courseId}/line-items`, {
    limit: MOST_LINE_ITEMS,
  });
}
