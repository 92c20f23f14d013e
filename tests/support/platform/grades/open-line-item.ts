import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse } from "#tests/support/platform/http/reply.ts";
import type { LineItem } from "./line-item.ts";

/** The line item a request is for; a URL without the query it was given with leads nowhere. */
export function openLineItem({ lineItem, request }: Exchange, course: Course): LineItem {
  if (!lineItem || !course.hasItsQuery(request.url.searchParams)) {
    throw refuse(404, "not_found", "no such line item");
  }
  return lineItem;
}
