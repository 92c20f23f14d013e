import { GRADES_SCOPES, SCOPE } from "#lib/lti/index.ts";

/** Without these a roster cannot come in, or a grade cannot go out. */
export const NEEDED_SCOPES: readonly string[] = [SCOPE.memberships, SCOPE.score];

/** What Rollbook asks a platform for when it registers. */
export const WANTED_SCOPES: readonly string[] = [
  SCOPE.memberships,
  ...GRADES_SCOPES,
  SCOPE.noticeHandlers,
];
