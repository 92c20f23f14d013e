import { ANY_SERVICE, SCOPE, SERVICE_NAMES } from "#lib/lti/index.ts";

/** Without these a roster cannot come in, or a grade cannot go out. */
export const NEEDED_SCOPES: readonly string[] = [SCOPE.memberships, SCOPE.score];

/** What Rollbook asks a platform for when it registers. */
export const WANTED_SCOPES: readonly string[] = SERVICE_NAMES.flatMap(
  (name) => ANY_SERVICE[name].knownScopes,
);
