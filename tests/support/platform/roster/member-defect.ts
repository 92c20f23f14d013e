import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { FaultOf } from "#tests/support/platform/faults/faults.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import type { MemberJson } from "./member-json.ts";

/** Spoils members of a page, each by user ID or by place. */
export function withMemberDefects(
  state: PlatformState,
  { facts }: Exchange,
  members: MemberJson[],
): unknown[] {
  const spoilt: unknown[] = [...members];
  for (const { member, position, defect } of state.faults.takeAll("member_defect", facts)) {
    const at =
      member === undefined
        ? position
        : members.findIndex(({ user_id: userId }) => userId === member);
    const victim = members[at];
    if (victim) spoilt[at] = spoil(victim, defect);
  }
  return spoilt;
}

function spoil(member: MemberJson, defect: FaultOf<"member_defect">["defect"]): unknown {
  const { user_id: userId, roles, ...rest } = member;
  switch (defect) {
    case "no_user_id":
      return { ...rest, roles };
    case "numeric_user_id":
      return { ...member, user_id: 12345 };
    case "no_roles":
      return { ...rest, user_id: userId };
    case "roles_string":
      return { ...member, roles: "Learner" };
    case "unknown_role":
      return { ...member, roles: ["urn:example:role#Wizard"] };
    case "unknown_status":
      return { ...member, status: "Pending" };
    case "null_fields":
      return { ...member, name: null, email: null, given_name: null, family_name: null };
    case "not_an_object":
      return null;
  }
}
