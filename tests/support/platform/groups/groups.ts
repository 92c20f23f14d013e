import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { acceptNames } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import { linkHeaders } from "#tests/support/platform/paging/link-header.ts";
import { pageUrl, readPageRequest } from "#tests/support/platform/paging/page-request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { GROUPS_SCOPE, MEDIA } from "#tests/support/platform/wire.ts";

/** Course Groups Service 1.0 §3.2: one page of a course's groups. */
export function groups(state: PlatformState, exchange: Exchange): Reply {
  const { groups } = open(state, exchange, MEDIA.groups).input;
  const rows = groups.map(({ id, name, tag, setId }) => ({ id, name, tag, set_id: setId }));
  return page(state, exchange, { rows, member: "groups", media: MEDIA.groups });
}

/** One page of the sets that they belong to. */
export function groupSets(state: PlatformState, exchange: Exchange): Reply {
  const { groupSets: rows } = open(state, exchange, MEDIA.groupSets).input;
  return page(state, exchange, { rows, member: "sets", media: MEDIA.groupSets });
}

function open(state: PlatformState, exchange: Exchange, media: string) {
  const { request } = exchange;
  if (request.method !== "GET")
    throw refuse(405, "method_not_allowed", "GET only", { Allow: "GET" });
  const course = authorize(state, exchange, [GROUPS_SCOPE]);
  if (!acceptNames(request.headers["accept"], media))
    throw refuse(406, "not_acceptable", `Accept must name ${media}`);
  return course;
}

function page(
  state: PlatformState,
  exchange: Exchange,
  { rows, member, media }: { rows: object[]; member: string; media: string },
): Reply {
  const { limit, cursor = { start: 0, revision: 0 } } = readPageRequest(state, exchange);
  const start = cursor.start + limit;
  const headers = linkHeaders(state, exchange, {
    next: start < rows.length ? pageUrl(exchange, { ...cursor, start }) : undefined,
  });
  const { url } = exchange.request;
  return jsonReply(
    200,
    { id: url.href, [member]: rows.slice(cursor.start, start) },
    media,
    headers,
  );
}
