import type { FaultInput } from "#tests/support/platform/index.ts";

/**
 * What platforms do beyond the specifications, as users reported it: who says so, and the fault
 * of the simulator that does the same. `strict` marks what the simulator demands at all times.
 */
export const ROWS: readonly {
  quirk: string;
  evidence: readonly string[];
  toggles: readonly (FaultInput["kind"] | "strict")[];
}[] = [
  {
    quirk: "a cached token is used after its time",
    evidence: ["1EdTech/lti-1-3-php-library#55", "pylti1.3#89", "ltijs#8"],
    toggles: ["token_lifetime"],
  },
  {
    quirk: "a token dies between cache and use",
    evidence: ["ltijs#179", "packbackbooks/lti-1-3-php-library#20"],
    toggles: ["token_dies_after_uses", "lying_expires_in", "revoke_after_score", "dead_token_as"],
  },
  {
    quirk: "token requests are throttled",
    evidence: ["numbas-lti-provider#345", "hypothesis/lms#5447", "oat-sa/lib-lti1p3-core#186"],
    toggles: ["rate_limited"],
  },
  {
    quirk: "two clients share an issuer",
    evidence: ["pylti1p3next#55"],
    toggles: ["strict"],
  },
  {
    quirk: "work goes on after the launch's session",
    evidence: ["ltijs#85", "ltijs#140", "CircuitVerse#7764"],
    toggles: ["strict"],
  },
  {
    quirk: "the audience differs by platform",
    evidence: ["Learn-LTI#156", "Simon-Initiative/lti_1p3#10", "canvas-lms#1925", "RFC 10070"],
    toggles: ["require_audience", "require_assertion_typ"],
  },
  {
    quirk: "an audience of two breaks the token endpoint",
    evidence: ["oat-sa/lib-lti1p3-core#187"],
    toggles: ["audience_array_breaks"],
  },
  {
    quirk: "iss and sub must be the client ID",
    evidence: ["1EdTech/lti-1-3-php-library#34", "D2L kb 23661"],
    toggles: ["strict"],
  },
  {
    quirk: "the tool's keys are fetched at every request",
    evidence: ["pylti1.3#21", "pylti1.3#48", "canvas-lms#1613"],
    toggles: ["refetch_tool_jwks", "token_error"],
  },
  {
    quirk: "scopes must be registered, each of them",
    evidence: ["code-dot-org#53850", "code-dot-org#59010", "ltijs#148", "ltijs#268", "pylti1.3#68"],
    toggles: ["strict_scopes", "withhold_scopes", "readonly_scope_required"],
  },
  {
    quirk: "token replies vary",
    evidence: ["ltijs 5.6.5", "RFC 6749 §5.1", "Ltix: crashes on text"],
    toggles: ["scope_in_reply", "expires_in_reply", "token_type_reply", "token_reply_body"],
  },
  {
    quirk: "a 401 is not always expiry",
    evidence: ["Learn-LTI#113", "pylti1.3#80", "pylti1.3#135", "ltijs#31", "Canvas code"],
    toggles: [
      "strip_authorization",
      "wrong_context",
      "foreign_course_as",
      "coupled_delete_refused",
    ],
  },
  {
    quirk: "pages are capped",
    evidence: ["webwork2#3181", "webwork2#3182", "Learn-LTI#171", "PrairieLearn#10711"],
    toggles: ["page_cap", "default_page"],
  },
  {
    quirk: "Link headers are written in many ways",
    evidence: ["pylti1.3#42", "pylti1.3#139", "Moodle code", "Moodle 4.5.6 observed"],
    toggles: ["link_dialect"],
  },
  {
    quirk: "the limit is ignored, and no Link is sent",
    evidence: ["openedx/xblock-lti-consumer#669", "openedx/xblock-lti-consumer#674"],
    toggles: ["ignore_limit", "no_differences"],
  },
  {
    quirk: "the next page forgets the role, and role filters vary",
    evidence: ["Moodle code", "sakaiproject/sakai#14656"],
    toggles: ["role_filter", "roles_as", "assistants_as_learners"],
  },
  {
    quirk: "a status means different things",
    evidence: ["sakai#12165", "iPeer#649", "Markus#7769", "autolab#1678"],
    toggles: ["active_only", "status_as"],
  },
  {
    quirk: "messages of a resource link vary",
    evidence: ["BBDN-LTI-Tool-Provider-Node#141", "pylti1.3#147"],
    toggles: ["message_as"],
  },
  {
    quirk: "names and addresses are missing",
    evidence: ["D2L kb 23756", "CircuitVerse#7781", "lti-tool requires name and status"],
    toggles: ["hide_fields"],
  },
  {
    quirk: "the context's ID differs from the launch's",
    evidence: ["PrairieLearn#15632"],
    toggles: ["context_id_as"],
  },
  {
    quirk: "an unknown role must not open a door",
    evidence: ["WikiEducationFoundation/WikiEduDashboard#6934"],
    toggles: ["member_defect"],
  },
  {
    quirk: "a walk over a live list misses somebody",
    evidence: ["Moodle 4.5.6 observed"],
    toggles: ["offset_paging"],
  },
  {
    quirk: "line item addresses carry a query",
    evidence: ["ltijs#55", "CircuitVerse#7767", "hypothesis/lms: _service_url"],
    toggles: ["strict"],
  },
  {
    quirk: "timestamps collide",
    evidence: ["Moodle code", "Canvas code"],
    toggles: ["whole_second_timestamps", "old_timestamp_as"],
  },
  {
    quirk: "a score that is not fully graded wipes the grade",
    evidence: ["ltijs#65", "Moodle code"],
    toggles: ["wipe_unless_fully_graded", "ungradable_user"],
  },
  {
    quirk: "users are refused in many ways",
    evidence: ["hypothesis/lms#4973", "hypothesis/lms#5098", "D2L kb 23661"],
    toggles: ["ungradable_user", "unknown_user_as", "max_attempts"],
  },
  {
    quirk: "every score is a new attempt",
    evidence: ["canvas-lms#1799", "ltijs#229"],
    toggles: ["strict"],
  },
  {
    quirk: "a teacher's grade outlives or loses to a score",
    evidence: ["WikiEduDashboard#6934", "Simon-Initiative/oli-torus#675"],
    toggles: ["override_sticks"],
  },
  {
    quirk: "unchanged scores and odd maxima make trouble",
    evidence: ["PrairieLearn#15762", "webwork2#1177", "webwork2#2617"],
    toggles: ["row_defect"],
  },
  {
    quirk: "columns are made twice",
    evidence: ["PrairieLearn#15643", "hypothesis/lms#7224", "CircuitVerse#7765"],
    toggles: ["cut", "error_after", "truncated_json"],
  },
  {
    quirk: "one refused student stops the batch",
    evidence: ["RunestoneInteractive/rs#977", "PrairieLearn#11846"],
    toggles: ["ungradable_user"],
  },
  {
    quirk: "a refusal comes as 200 with an empty list",
    evidence: ["Moodle 4.5.6 observed"],
    toggles: ["refuse_as_empty_list"],
  },
  {
    quirk: "a gradebook has its own way with scores",
    evidence: ["Moodle 4.5.6 gradebook"],
    toggles: [
      "site_pages",
      "unreachable_keys_as",
      "locked_as",
      "round_points",
      "clip_points",
      "keeps_nothing",
      "wipe_on_unenrolment",
      "bare_empty_results",
      "paged_results_missing",
      "reason_in_status_line",
      "gone_as",
    ],
  },
  {
    quirk: "courses and line items are closed, copied or gone",
    evidence: ["PrairieLearn#11292", "PrairieLearn#15648", "xblock-lti-consumer#707"],
    toggles: ["forbidden", "not_found"],
  },
  {
    quirk: "endpoints are stored without their scopes",
    evidence: ["Ltix, hole 8"],
    toggles: ["strict"],
  },
  {
    quirk: "a default page is small",
    evidence: ["Simon-Initiative/lti_1p3: Canvas"],
    toggles: ["default_page"],
  },
  {
    quirk: "throttles speak 403 or 429",
    evidence: ["canvasapi#704", "canvas-lms#1107", "D2L kb 23661"],
    toggles: ["rate_limited", "throttle", "rate_limit_headers"],
  },
  {
    quirk: "a User-Agent is demanded",
    evidence: ["Instructure change log, January 2026"],
    toggles: ["require_user_agent"],
  },
  {
    quirk: "replies are compressed",
    evidence: ["RFC 9110 §12.5.3"],
    toggles: ["gzip"],
  },
  {
    quirk: "redirects",
    evidence: ["Longsight changelog: Canvas"],
    toggles: ["redirect"],
  },
  {
    quirk: "one registration, many deployments; issuers with a trailing slash",
    evidence: ["Simon-Initiative/oli-torus#1979", "hypothesis/lms#4304"],
    toggles: ["strict"],
  },
  {
    quirk: "clocks get no leeway",
    evidence: ["Moodle 4.5.6 observed"],
    toggles: ["clock_skew"],
  },
];
