import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse, type Reply } from "#tests/support/platform/http/reply.ts";
import { linkHeaders } from "#tests/support/platform/paging/link-header.ts";
import { pageUrl, readPageRequest } from "#tests/support/platform/paging/page-request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { containerReply } from "./container.ts";
import { memberWriter, type MemberJson } from "./member-json.ts";
import { differencesUrl, openRoster } from "./memberships.ts";

/** NRPS 2.0 §2.4.3: members changed since a reading; those gone have status Deleted. */
export function differences(state: PlatformState, exchange: Exchange): Reply {
  const course = openRoster(state, exchange);
  const since = readSince(exchange, course.roster.revision);
  const { limit, cursor = { start: 0, revision: course.roster.revision } } = readPageRequest(
    state,
    exchange,
  );
  const changed = course.roster.changedSince(since);
  const write = memberWriter(state, exchange);
  const members = changed.slice(cursor.start, cursor.start + limit).map((userId): MemberJson => {
    const member = course.roster.find(userId);
    return member ? write(member) : { user_id: userId, roles: [], status: "Deleted" };
  });
  const start = cursor.start + limit;
  const headers = linkHeaders(state, exchange, {
    next: start < changed.length ? pageUrl(exchange, { ...cursor, start }) : undefined,
    differences: differencesUrl(state, exchange, { course, cursor }),
  });
  return containerReply(state, exchange, { course, members, headers });
}

function readSince({ request }: Exchange, revision: number): number {
  const since = Number(request.url.searchParams.get("since") ?? NaN);
  if (!Number.isInteger(since) || since < 0 || since > revision) {
    throw refuse(404, "not_found", "this differences link is not known or too old");
  }
  return since;
}
