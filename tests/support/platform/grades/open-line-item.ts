import type { Course } from "../course.ts";
import type { Exchange } from "../exchange.ts";
import { refuse } from "../http/reply.ts";
import type { LineItem } from "./line-item.ts";

/** The line item a request is for; a URL without the query it was given with leads nowhere. */
export function openLineItem({ lineItem, request }: Exchange, course: Course): LineItem {
  if (!lineItem || !course.hasItsQuery(request.url.searchParams)) {
    throw refuse(404, "not_found", "no such line item");
  }
  return lineItem;
}
