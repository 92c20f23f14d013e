import { SCOPE } from "../../scopes.ts";
import { isJsonObject, textOf, wordsOf } from "../../values/json-body.ts";
import type { KnownService } from "../service.ts";

/** A context's groups, from the launch's `groupsservice` claim. */
export type GroupsEndpoint = {
  groupsUrl: string;
  /** Absent where the platform has no sets of groups. */
  groupSetsUrl?: string;
  /** The scopes that the platform announced in the claim; without them nothing can be asked. */
  scopes: readonly string[];
};

/** @see Course Groups Service 1.0 §3.1 */
export const GROUPS: KnownService<GroupsEndpoint> = {
  name: "groups",
  claim: "https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice",
  scopePrefix: "https://purl.imsglobal.org/spec/lti-gs/scope/",
  knownScopes: [SCOPE.groups],
  fromClaim(claim) {
    if (!isJsonObject(claim)) return undefined;
    const groupsUrl = textOf(claim["context_groups_url"]);
    const groupSetsUrl = textOf(claim["context_group_sets_url"]);
    const scopes = wordsOf(claim["scope"]);
    // One that is not to be used is no reason to refuse a launch.
    if (groupsUrl === undefined || scopes.length === 0) return undefined;
    return { groupsUrl, ...(groupSetsUrl !== undefined && { groupSetsUrl }), scopes };
  },
  scopes: ({ scopes }) => scopes,
  addresses: ({ groupsUrl, groupSetsUrl }) => ({ groupsUrl, groupSetsUrl }),
};
