import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { hasRole } from "./roles.ts";
import type { Member } from "./roster.ts";

/** Which members a request is to see (NRPS 2.0 §2.4.1). */
export function roleFilter(
  state: PlatformState,
  { request, facts }: Exchange,
): (member: Member) => boolean {
  const role = request.url.searchParams.get("role");
  const isActiveOnly = state.faults.take("active_only", facts) !== undefined;
  const as = role === null ? undefined : state.faults.take("role_filter", facts)?.as;
  if (as === "refused") throw refuse(400, "bad_request", "role is not supported");
  return (member) => {
    if (isActiveOnly && (member.status ?? "Active") !== "Active") return false;
    if (role === null || as === "ignored") return true;
    return as === "empty" ? false : hasRole(member.roles, role);
  };
}
