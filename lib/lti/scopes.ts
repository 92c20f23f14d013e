/** The scopes of NRPS 2.0, AGS 2.0, Course Groups 1.0 and the Platform Notification Service 1.0, spelled once. */
export const SCOPE = {
  memberships: "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
  lineItem: "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
  lineItemReadonly: "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly",
  resultReadonly: "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
  score: "https://purl.imsglobal.org/spec/lti-ags/scope/score",
  groups: "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly",
  noticeHandlers: "https://purl.imsglobal.org/spec/lti/scope/noticehandlers",
} as const;

/** All scopes of AGS 2.0, for a platform that offers the whole service. */
export const GRADES_SCOPES: readonly string[] = [
  SCOPE.lineItem,
  SCOPE.lineItemReadonly,
  SCOPE.resultReadonly,
  SCOPE.score,
];

/**
 * Shortens a scope to the part that people tell it by: `…/lti-ags/scope/score` → `score`.
 *
 * A scope that is no URL is returned as it is.
 */
export function shortScope(scope: string): string {
  const name = scope.slice(scope.lastIndexOf("/") + 1);
  return name === "" ? scope : name;
}

/** The scopes of `needed` that `granted` lacks, in the order of `needed`. */
export function missingScopes(needed: readonly string[], granted: readonly string[]): string[] {
  const held = new Set(granted);
  return needed.filter((scope) => !held.has(scope));
}

/** Each scope once, in the order of first appearance. */
export function uniqueScopes(scopes: Iterable<string>): string[] {
  return [...new Set(scopes)];
}

const BREAKS: Record<string, string | undefined> = {
  [SCOPE.memberships]: "rosters cannot be read",
  [SCOPE.score]: "grades cannot be sent",
  [SCOPE.resultReadonly]: "a lost answer cannot be looked up, so the score is sent again",
  [SCOPE.lineItem]: "line items cannot be created",
  [SCOPE.lineItemReadonly]: "line items cannot be read",
  [SCOPE.groups]: "groups cannot be read",
  [SCOPE.noticeHandlers]: "the platform cannot be asked for notices",
};

/** What cannot be done without a scope, where that is known. */
export function brokenWithout(scope: string): string | undefined {
  return BREAKS[scope];
}
