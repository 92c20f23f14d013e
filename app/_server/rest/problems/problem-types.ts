import type { TooManyPasswords } from "#lib/auth/secrets/password.ts";
import type { LtiError } from "#lib/lti/index.ts";
import type { OperationError } from "#lib/operations/errors.ts";
import type { ProfileInvalid } from "#lib/platforms/profile.ts";
import type { SyncError } from "#lib/sync/errors.ts";
import type { RequestError } from "../errors.ts";

type Code = (
  OperationError | LtiError | ProfileInvalid | SyncError | RequestError | TooManyPasswords
)["code"];
export type ProblemType = { status: number; title: string };

const type = (status: number, title: string): ProblemType => ({ status, title });

/** What each error is called over HTTP. An error that is not here is a fault of ours. */
export const PROBLEM_TYPES = {
  "api.path_unknown": type(404, "Unknown path"),
  "api.method_not_allowed": type(405, "Method not allowed"),
  "api.cross_site_refused": type(403, "Cross-site request refused"),
  "api.body_malformed": type(400, "Malformed body"),
  "api.body_too_large": type(413, "Body too large"),
  "api.too_many_streams": type(429, "Too many event streams"),
  "api.too_many_requests": type(429, "Too many requests"),
  "api.duplicate_name": type(400, "Duplicate name"),
  "api.media_type_refused": type(415, "Unsupported media type"),

  "operation.invalid_input": type(422, "Invalid input"),
  "operation.not_signed_in": type(401, "Not authenticated"),
  "operation.not_permitted": type(403, "Not permitted"),
  "operation.proof_needed": type(403, "Confirm that it is you"),
  "operation.second_factor_needed": type(403, "A second factor has to be set up"),
  "operation.not_found": type(404, "Not found"),
  "operation.conflict": type(409, "Conflict"),
  "operation.confirmation_needed": type(409, "To be confirmed"),
  "operation.column_deleted": type(409, "The line item was deleted"),
  "operation.version_mismatch": type(412, "Changed in the meantime"),
  "operation.idempotency_mismatch": type(422, "Idempotency key used for another request"),
  "operation.idempotency_in_progress": type(409, "The first request is under way"),
  "operation.too_many_files": type(503, "Too many files are being read"),
  "operation.feed_expired": type(410, "Changes after this cursor are not kept"),
  "operation.too_many_attempts": type(429, "Too many attempts"),

  "auth.too_many_passwords": type(429, "Too many passwords are being checked"),

  "sync.move_refused": type(409, "The run is in another state"),
  "sync.roster_incomplete": type(502, "The roster could not be read to its end"),
  "sync.roster_moved": type(409, "The roster changed since the preview"),
  "sync.target_missing": type(409, "What the run needs is gone"),
  "sync.signing_key_missing": type(409, "There is no key to sign with"),
  "sync.platform_cooling_down": type(503, "The platform is left alone for a while"),
  "sync.grade_locked": type(502, "The grade is locked on the platform"),
  "sync.would_wipe_grade": type(409, "The score would wipe the grade on the platform"),
  "sync.score_failed_on_platform": type(502, "The platform fails at this score"),
  "sync.retries_spent": type(502, "The platform kept failing"),

  "lti.registration_invalid": type(409, "The registration cannot work as entered"),
  "lti.endpoint_invalid": type(409, "A service address cannot be used"),
  "lti.origin_not_allowed": type(409, "A service address is not approved"),
  "platform.profile_invalid": type(409, "The platform's settings do not fit"),
  "lti.address_refused": type(409, "The platform's address is not allowed"),
  "lti.service_not_offered": type(409, "Service not offered"),
  "lti.coupled_line_item": type(409, "The line item belongs to its link"),
  "lti.launch_refused": type(400, "Launch refused"),
  "lti.content_item_invalid": type(422, "Invalid content item"),
  "lti.content_item_not_accepted": type(409, "Content item not accepted"),
  "lti.dynamic_registration_refused": type(409, "The platform cannot be registered with"),
  "lti.score_invalid": type(422, "Invalid score"),
  "lti.line_item_invalid": type(422, "Invalid line item"),
  "lti.signing_key_invalid": type(500, "The signing key cannot be used"),
  "lti.request_cancelled": type(503, "Stopped before it was done"),

  "lti.scope_mismatch": type(502, "Scope not granted"),
  "lti.insufficient_scope": type(502, "Scope not granted"),
  "lti.token_refused": type(502, "Token refused"),
  "lti.token_reply_malformed": type(502, "Unusable token reply"),
  "lti.access_token_rejected": type(502, "Token rejected"),
  "lti.access_token_expired": type(502, "Token expired"),
  "lti.access_denied": type(502, "Access denied"),
  "lti.wrong_context": type(502, "Tool not in this course"),
  "lti.request_rejected": type(502, "Rejected by the platform"),
  "lti.timestamp_conflict": type(502, "The platform holds a newer score"),
  "lti.resource_gone": type(502, "Gone on the platform"),
  "lti.response_malformed": type(502, "Unreadable answer"),
  "lti.next_page_unsafe": type(502, "Unsafe next page"),
  "lti.redirect_refused": type(502, "Redirect refused"),
  "lti.unknown_outcome": type(502, "Unknown outcome"),
  "lti.platform_unavailable": type(502, "Platform unavailable"),
  "lti.rate_limited": type(503, "The platform limits requests"),
} as const satisfies Record<Code, ProblemType>;

export const UNEXPECTED = { code: "api.unexpected", ...type(500, "Unexpected error") };
export const UNAVAILABLE = { code: "api.unavailable", ...type(503, "Database unavailable") };

export function problemType(code: string): ProblemType | undefined {
  return Object.hasOwn(PROBLEM_TYPES, code) ? PROBLEM_TYPES[code as Code] : undefined;
}
