import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import {
  emptyReply,
  jsonReply,
  refuse,
  Refused,
  type Reply,
} from "#tests/support/platform/http/reply.ts";
import { acceptNames, mediaTypeOf } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/wire.ts";
import { readLineItem } from "./line-item-body.ts";
import type { LineItem } from "./line-item.ts";
import { openLineItem } from "./open-line-item.ts";
import { readingScopes } from "./reading-scopes.ts";

/** AGS 2.0 §3.2.5 to §3.2.7: one line item, read, replaced or deleted. */
export function singleLineItem(state: PlatformState, exchange: Exchange): Reply {
  switch (exchange.request.method) {
    case "GET":
      return readOne(state, exchange);
    case "PUT":
      return replaceOne(state, exchange);
    case "DELETE":
      return deleteOne(state, exchange);
    default:
      throw refuse(405, "method_not_allowed", "GET, PUT or DELETE", { Allow: "GET, PUT, DELETE" });
  }
}

function readOne(state: PlatformState, exchange: Exchange): Reply {
  const course = authorize(state, exchange, readingScopes(state, exchange));
  const lineItem = openLineItem(exchange, course);
  if (!acceptNames(exchange.request.headers["accept"], MEDIA.lineItem)) {
    throw refuse(406, "not_acceptable", `Accept must name ${MEDIA.lineItem}`);
  }
  return jsonReply(200, lineItem.toWire(), MEDIA.lineItem);
}

/** Full replacement: what the body leaves out is gone. */
function replaceOne(state: PlatformState, exchange: Exchange): Reply {
  const { lineItem } = openForWriting(state, exchange);
  if (mediaTypeOf(exchange.request.headers["content-type"]) !== MEDIA.lineItem) {
    throw refuse(415, "unsupported_media_type", `Content-Type must be ${MEDIA.lineItem}`);
  }
  const fields = readLineItem(exchange.json);
  const { id } = exchange.json as Record<string, unknown>;
  if (id !== undefined && id !== lineItem.url)
    throw refuse(400, "bad_request", "id must not change");
  if (fields["resourceLinkId"] !== lineItem.fields["resourceLinkId"]) {
    throw refuse(400, "bad_request", "resourceLinkId must not change");
  }
  lineItem.fields = fields;
  return jsonReply(200, lineItem.toWire(), MEDIA.lineItem);
}

function deleteOne(state: PlatformState, exchange: Exchange): Reply {
  const { course, lineItem } = openForWriting(state, exchange);
  if (lineItem.isCoupled && state.faults.take("coupled_delete_refused", exchange.facts)) {
    const errors = {
      type: "unauthorized",
      message: "You are not authorized to delete this line item",
    };
    throw new Refused(jsonReply(401, { errors }));
  }
  course.lineItems.delete(lineItem.number);
  return emptyReply(204);
}

function openForWriting(
  state: PlatformState,
  exchange: Exchange,
): { course: Course; lineItem: LineItem } {
  const course = authorize(state, exchange, [SCOPE.lineItem]);
  return { course, lineItem: openLineItem(exchange, course) };
}
