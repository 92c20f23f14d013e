import { SCOPE } from "../../scopes.ts";
import { isJsonObject, textOf, wordsOf } from "../../values/json-body.ts";
import type { KnownService } from "../service.ts";

/** A context's roster service, from the launch's `namesroleservice` claim. */
export type MembershipsEndpoint = {
  contextMembershipsUrl: string;
  /** Defaults to `contextmembership.readonly`, the only scope of NRPS 2.0. */
  scopes?: readonly string[];
};

const DEFAULT_SCOPES = [SCOPE.memberships];

/** @see NRPS 2.0 §3.6.1.1 */
export const MEMBERSHIPS: KnownService<MembershipsEndpoint> = {
  name: "memberships",
  claim: "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
  scopePrefix: "https://purl.imsglobal.org/spec/lti-nrps/scope/",
  knownScopes: [SCOPE.memberships],
  // Most platforms leave its one scope unsaid.
  defaultScopes: DEFAULT_SCOPES,
  fromClaim(claim) {
    if (!isJsonObject(claim)) return undefined;
    const contextMembershipsUrl = textOf(claim["context_memberships_url"]);
    const versions = claim["service_versions"];
    const isVersion2 = !Array.isArray(versions) || versions.includes("2.0");
    if (contextMembershipsUrl === undefined || !isVersion2) return undefined;
    const scopes = wordsOf(claim["scope"]);
    return { contextMembershipsUrl, ...(scopes.length > 0 && { scopes }) };
  },
  scopes: ({ scopes }) => scopes ?? DEFAULT_SCOPES,
  addresses: ({ contextMembershipsUrl }) => ({ contextMembershipsUrl }),
};
