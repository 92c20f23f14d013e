import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { acceptNames } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import type { Cursor } from "#tests/support/platform/paging/cursor.ts";
import { linkHeaders } from "#tests/support/platform/paging/link-header.ts";
import { pageUrl, readPageRequest } from "#tests/support/platform/paging/page-request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/wire.ts";
import { containerReply } from "./container.ts";
import { memberWriter, type ResourceLink } from "./member-json.ts";
import { roleFilter } from "./role-filter.ts";
import { walk } from "./walk.ts";

/** NRPS 2.0 §2.2: one page of a course's roster. */
export function memberships(state: PlatformState, exchange: Exchange): Reply {
  const course = openRoster(state, exchange);
  const { limit, cursor = { start: 0, revision: course.roster.revision } } = readPageRequest(
    state,
    exchange,
  );
  const page = walk(course.roster, {
    start: cursor.start,
    limit,
    keeps: roleFilter(state, exchange),
    isByOffset: state.faults.take("offset_paging", exchange.facts) !== undefined,
  });
  const write = memberWriter(state, exchange, resourceLink(exchange, course));
  const headers = linkHeaders(state, exchange, {
    next: page.next === undefined ? undefined : pageUrl(exchange, { ...cursor, start: page.next }),
    differences: differencesUrl(state, exchange, { course, cursor }),
  });
  return containerReply(state, exchange, { course, members: page.members.map(write), headers });
}

export function openRoster(state: PlatformState, exchange: Exchange): Course {
  if (exchange.request.method !== "GET") {
    throw refuse(405, "method_not_allowed", "GET only", { Allow: "GET" });
  }
  const course = authorize(state, exchange, [SCOPE.memberships]);
  if (!acceptNames(exchange.request.headers["accept"], MEDIA.memberships)) {
    throw refuse(406, "not_acceptable", `Accept must name ${MEDIA.memberships}`);
  }
  return course;
}

/** NRPS 2.0 §2.4.3; the revision is the one at which the walk began, so that nothing falls between. */
export function differencesUrl(
  state: PlatformState,
  { facts }: Exchange,
  { course, cursor }: { course: Course; cursor: Cursor },
): URL | undefined {
  if (state.faults.take("no_differences", facts)) return undefined;
  return new URL(`${course.membershipsUrl}/differences?since=${cursor.revision}`);
}

function resourceLink({ request }: Exchange, course: Course): ResourceLink | undefined {
  const rlid = request.url.searchParams.get("rlid");
  if (rlid === null) return undefined;
  const link = course.input.resourceLinks.find(({ id }) => id === rlid);
  if (!link) throw refuse(404, "not_found", "no such resource link in this course");
  return link;
}
