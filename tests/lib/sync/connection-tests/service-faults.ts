import type { Fault } from "./fault.ts";

/** One roster and the line items of one course. */
export const SERVICE_FAULTS: Fault[] = [
  {
    fault: "The Authorization header is lost on the way",
    profile: "moodle",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "strip_authorization", route: "memberships" }),
    step: "memberships",
    state: "failed",
    owner: "platform_admin",
    names: /Authorization header was lost/,
  },
  {
    fault: "401: the tool is not placed in this course",
    arrange: ({ platform }) => platform.misbehave({ kind: "wrong_context", route: "memberships" }),
    step: "memberships",
    state: "failed",
    owner: "instructor",
    names: /does not connect this tool with the course/,
  },
  {
    fault: "403: the course is not published",
    arrange: ({ platform }) =>
      platform.misbehave({
        kind: "forbidden",
        route: "memberships",
        words: "this course is unpublished",
      }),
    step: "memberships",
    state: "failed",
    owner: "instructor",
    names: /is not open/,
  },
  {
    fault: "403 without a reason",
    profile: "blackboard",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "forbidden", route: "memberships", words: "Forbidden" }),
    step: "memberships",
    state: "failed",
    owner: "platform_admin",
    names: /may not use this service/,
  },
  {
    fault: "404: the course was deleted",
    arrange: ({ platform }) => platform.misbehave({ kind: "not_found", route: "memberships" }),
    step: "memberships",
    state: "failed",
    owner: "operator",
    names: /no longer has/,
  },
  {
    fault: "The roster fails inside",
    arrange: ({ platform }) => platform.misbehave({ kind: "error_page", route: "memberships" }),
    step: "memberships",
    state: "failed",
    owner: "platform_admin",
    names: /failed inside \(status 500\)/,
  },
  {
    fault: "The connection is cut in the middle of the roster",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "cut", route: "memberships", when: "during" }),
    step: "memberships",
    state: "failed",
    owner: "platform_admin",
    names: /closed the connection/,
  },
  {
    fault: "The roster is not whole JSON",
    arrange: ({ platform }) => platform.misbehave({ kind: "truncated_json", route: "memberships" }),
    step: "memberships",
    state: "failed",
    owner: "platform_vendor",
    names: /does not have the form/,
  },
  {
    fault: "A member cannot be read",
    arrange: ({ platform }) => platform.misbehave({ kind: "member_defect", defect: "no_user_id" }),
    step: "memberships",
    state: "warned",
    owner: "platform_vendor",
    names: /1 of the members cannot be read/,
  },
  {
    fault: "The next page leads to another host",
    arrange: async (stage) => {
      await stage.platform.misbehave({ kind: "page_cap", size: 5 });
      await stage.platform.misbehave({ kind: "link_dialect", as: "cross_origin" });
    },
    step: "memberships",
    state: "warned",
    owner: "platform_vendor",
    names: /next page cannot be trusted/,
  },
  {
    fault: "The token dies after its first use",
    arrange: ({ platform }) => platform.misbehave({ kind: "token_dies_after_uses", uses: 1 }),
    step: "line_items",
    state: "failed",
    owner: "platform_admin",
    names: /turned down a token/,
  },
  {
    fault: "The line items are throttled with Canvas's old 403",
    arrange: ({ platform }) =>
      platform.misbehave({ kind: "rate_limited", route: "line_items", as: "canvas_403" }),
    step: "line_items",
    state: "failed",
    owner: "nobody",
    names: /asked too much/,
  },
];
