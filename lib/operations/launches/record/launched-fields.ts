import type { Course } from "#lib/db/generated/client.ts";
import type { LaunchedFields } from "#lib/db/launches/launched-courses.ts";
import {
  plainText,
  SCOPE,
  uniqueScopes,
  type LaunchContext,
  type LaunchMessage,
} from "#lib/lti/index.ts";

const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/";
const AGS = "https://purl.imsglobal.org/spec/lti-ags/";

/**
 * What a launch or a notice makes of a course. A service that was not announced this time keeps
 * what it had: some launches, deep linking above all, leave services out.
 */
export function launchedFields(
  before: Course,
  { context, endpoints }: { context: LaunchContext; endpoints: LaunchMessage["endpoints"] },
): LaunchedFields {
  const { memberships, grades } = endpoints;
  // A course with a list of line items needs no single one; that differs from link to link.
  const needsSingle = grades && !grades.lineItemsUrl && !before.lineItemsUrl;
  return {
    title: plainText(context.title ?? before.title, 500),
    label: plainText(context.label ?? before.label, 200),
    membershipsUrl: memberships?.contextMembershipsUrl ?? before.membershipsUrl,
    lineItemsUrl: grades?.lineItemsUrl ?? before.lineItemsUrl,
    lineItemUrl: (needsSingle && grades.lineItemUrl) || before.lineItemUrl,
    scopes: announcedScopes(before.scopes, endpoints),
  };
}

export function initialTitle({ title, label, contextId }: LaunchContext): string {
  return plainText(title ?? label ?? contextId, 500);
}

/** Sorted, so that another order is no change. */
function announcedScopes(before: readonly string[], endpoints: LaunchMessage["endpoints"]) {
  const { memberships, grades } = endpoints;
  // NRPS has one scope, which most platforms leave unsaid (NRPS 2.0 §3.6.1).
  const roster = memberships ? (memberships.scopes ?? [SCOPE.memberships]) : [];
  const isReplaced = (scope: string) =>
    (memberships !== undefined && scope.startsWith(NRPS)) ||
    (grades !== undefined && grades.scopes.length > 0 && scope.startsWith(AGS));
  const kept = before.filter((scope) => !isReplaced(scope));
  return uniqueScopes([...kept, ...roster, ...(grades?.scopes ?? [])]).sort();
}
