import { hasRole } from "#tests/support/platform/roster/roles.ts";
import type { Member } from "#tests/support/platform/roster/roster.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import type { LaunchPlan } from "./launch-plan.ts";

/** The person in front of the screen; undefined for an administrator who is in no roster. */
export function launchingMember(state: PlatformState, plan: LaunchPlan): Member | undefined {
  const course = plan.contextId === undefined ? undefined : state.courses.get(plan.contextId);
  const wanted = plan.as === "learner" ? "Learner" : "Instructor";
  for (const member of course?.roster.all() ?? []) {
    if (plan.userId === undefined ? hasRole(member.roles, wanted) : member.userId === plan.userId) {
      return member;
    }
  }
  return undefined;
}
