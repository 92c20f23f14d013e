import { CONTEXT_SCOPES, SCOPE, shortScope } from "#lib/lti/index.ts";
import { platformProfile, type ProfileOverrides } from "#lib/platforms/profile.ts";
import type { RegistrationInput } from "./schema.ts";

/** A scope of the services Rollbook speaks, and what it is for. */
export type ServiceScope = {
  scope: string;
  shortName: string;
  allows: string;
};

const ALLOWS: Record<(typeof SCOPE)[keyof typeof SCOPE], string> = {
  [SCOPE.memberships]: "read the roster",
  [SCOPE.lineItem]: "find, create and change line items",
  [SCOPE.lineItemReadonly]: "find line items",
  [SCOPE.resultReadonly]: "read what the platform holds, to find out an unknown outcome",
  [SCOPE.score]: "send scores",
  [SCOPE.groups]: "read the groups of a course",
  [SCOPE.noticeHandlers]: "hear of copied courses",
};

/** The scopes a platform may announce for a course, rosters first. */
export function serviceScopes(): ServiceScope[] {
  return CONTEXT_SCOPES.map((scope) => ({
    scope,
    shortName: shortScope(scope),
    allows: shortScopeOf(scope),
  }));
}

export type PlatformLimits = Required<ProfileOverrides> & { notes: readonly string[] };

/** What holds for a platform, with a registration's own settings over it. */
export function platformLimits(
  profile: RegistrationInput["profile"],
  overrides: ProfileOverrides = {},
): PlatformLimits {
  return platformProfile(profile, overrides);
}

/** What a scope allows, in words; a scope that is not used here keeps its name. */
export function shortScopeOf(scope: string): string {
  return (ALLOWS as Record<string, string | undefined>)[scope] ?? shortScope(scope);
}
