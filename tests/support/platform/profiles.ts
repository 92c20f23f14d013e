import { faultSchema, type FaultInput } from "./faults/faults.ts";
import type { ProfileName } from "./profile-names.ts";
import type { PlatformState } from "./state.ts";

type CourseDefaults = { lineItemQuery?: string; learnersOnly?: boolean };
type Profile = { faults: FaultInput[]; course?: CourseDefaults };

/** How the known platforms differ from the specifications, as faults that are always on. */
const profiles: Record<ProfileName, Profile> = {
  canvas: {
    course: { learnersOnly: true },
    faults: [
      { kind: "page_cap", size: 50 },
      { kind: "default_page", size: 10, route: "line_items" },
      { kind: "link_dialect", as: "several_links" },
      { kind: "no_differences" },
      { kind: "strict_scopes" },
      { kind: "refetch_tool_jwks" },
      { kind: "require_user_agent" },
      { kind: "rate_limit_headers" },
      { kind: "foreign_course_as", style: "canvas_401" },
      { kind: "old_timestamp_as", style: "canvas_400" },
      { kind: "unknown_user_as", style: "canvas_422" },
      { kind: "coupled_delete_refused" },
      { kind: "configuration_redirects" },
      { kind: "strict_registration" },
    ],
  },
  moodle: {
    course: { lineItemQuery: "type_id=1", learnersOnly: true },
    faults: [
      { kind: "ignore_limit", when: "limit_absent" },
      { kind: "offset_paging" },
      { kind: "link_dialect", as: "drops_role", route: "memberships" },
      { kind: "link_dialect", as: "curly_quotes_and_amp_entity", route: "line_items" },
      { kind: "link_dialect", as: "curly_quotes_and_amp_entity", route: "results" },
      { kind: "no_differences" },
      { kind: "roles_as", style: "short" },
      { kind: "active_only" },
      { kind: "readonly_scope_required" },
      { kind: "whole_second_timestamps" },
      { kind: "wipe_unless_fully_graded" },
      { kind: "override_sticks" },
      { kind: "unknown_user_as", style: "moodle_400" },
      { kind: "refuse_as_empty_list", when: "newline_in_body" },
      { kind: "registration_status_as", status: 200 },
      { kind: "locked_as", style: "moodle_500" },
      { kind: "round_points" },
      { kind: "clip_points" },
      { kind: "wipe_on_unenrolment" },
      { kind: "bare_empty_results" },
      { kind: "paged_results_missing" },
      { kind: "reason_in_status_line" },
      { kind: "gone_as", style: "moodle_404" },
      { kind: "site_pages" },
      { kind: "unreachable_keys_as", style: "moodle_404" },
      { kind: "assistants_as_learners" },
    ],
  },
  blackboard: {
    faults: [
      { kind: "no_differences" },
      { kind: "message_as", shape: "object" },
      { kind: "unknown_user_as", style: "blackboard_400" },
    ],
  },
  brightspace: {
    course: { learnersOnly: true },
    faults: [
      { kind: "no_differences" },
      { kind: "audience_array_breaks" },
      { kind: "unknown_user_as", style: "brightspace_404" },
      { kind: "no_registration_token" },
    ],
  },
  sakai: {
    faults: [
      { kind: "no_differences" },
      { kind: "role_filter", as: "ignored" },
      { kind: "active_only" },
    ],
  },
  schoology: {
    faults: [{ kind: "no_differences" }, { kind: "page_cap", size: 50 }, { kind: "strict_scopes" }],
  },
};

export function applyProfile(state: PlatformState, name: ProfileName, clientId?: string): void {
  for (const fault of profiles[name].faults) {
    state.faults.add(faultSchema.parse({ ...fault, clientId }));
  }
}

/** What courses are like on such a platform unless they say otherwise. */
export function courseDefaults(name: ProfileName | undefined): CourseDefaults {
  return (name && profiles[name].course) ?? {};
}
