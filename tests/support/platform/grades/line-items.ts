import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { acceptNames, mediaTypeOf } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import { linkHeaders } from "#tests/support/platform/paging/link-header.ts";
import { pageUrl, readPageRequest } from "#tests/support/platform/paging/page-request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/wire.ts";
import { readLineItem } from "./line-item-body.ts";
import type { LineItem } from "./line-item.ts";
import { readingScopes } from "./reading-scopes.ts";
import { withRowDefects } from "./row-defect.ts";

/** AGS 2.0 §3.2.3 and §3.2.4: lists a course's line items, or adds one. */
export function lineItems(state: PlatformState, exchange: Exchange): Reply {
  if (exchange.request.method === "GET") return listLineItems(state, exchange);
  if (exchange.request.method === "POST") return createLineItem(state, exchange);
  throw refuse(405, "method_not_allowed", "GET or POST", { Allow: "GET, POST" });
}

function listLineItems(state: PlatformState, exchange: Exchange): Reply {
  const { request } = exchange;
  const course = authorize(state, exchange, readingScopes(state, exchange));
  checkQuery(exchange, course);
  if (!acceptNames(request.headers["accept"], MEDIA.lineItems)) {
    throw refuse(406, "not_acceptable", `Accept must name ${MEDIA.lineItems}`);
  }
  const { limit, cursor = { start: 0, revision: 0 } } = readPageRequest(state, exchange);
  const wanted = [...course.lineItems.values()].filter(lineItemFilter(request.url.searchParams));
  const start = cursor.start + limit;
  const headers = linkHeaders(state, exchange, {
    next: start < wanted.length ? pageUrl(exchange, { ...cursor, start }) : undefined,
  });
  const page = wanted.slice(cursor.start, start).map((lineItem) => lineItem.toWire());
  return jsonReply(200, withRowDefects(state, exchange, page), MEDIA.lineItems, headers);
}

function createLineItem(state: PlatformState, exchange: Exchange): Reply {
  const { request } = exchange;
  const course = authorize(state, exchange, [SCOPE.lineItem]);
  checkQuery(exchange, course);
  if (mediaTypeOf(request.headers["content-type"]) !== MEDIA.lineItem) {
    throw refuse(415, "unsupported_media_type", `Content-Type must be ${MEDIA.lineItem}`);
  }
  const fields = readLineItem(exchange.json);
  const linkId = fields["resourceLinkId"];
  if (linkId !== undefined && !course.input.resourceLinks.some(({ id }) => id === linkId)) {
    throw refuse(404, "not_found", "no such resource link in this course");
  }
  return jsonReply(201, course.addLineItem(fields).toWire(), MEDIA.lineItem);
}

function checkQuery({ request }: Exchange, course: Course): void {
  if (!course.hasItsQuery(request.url.searchParams)) throw refuse(404, "not_found", "no such page");
}

function lineItemFilter(query: URLSearchParams): (lineItem: LineItem) => boolean {
  const filters = [
    ["resource_link_id", "resourceLinkId"],
    ["resource_id", "resourceId"],
    ["tag", "tag"],
  ] as const;
  return ({ fields }) =>
    filters.every(([parameter, field]) => {
      const wanted = query.get(parameter);
      return wanted === null || fields[field] === wanted;
    });
}
