import { GRADES, MEMBERSHIPS } from "./endpoints.ts";
import type { Endpoints, GradesEndpoint, MembershipsEndpoint } from "./endpoints.ts";
import { ownEndpoint, type BoundEndpoint, type Service } from "./service.ts";
import { isJsonObject, textOf } from "../values/json-body.ts";

/**
 * Reads the service endpoints that a launch announced; what it did not announce is absent.
 *
 * Read them at every launch and store them together with their scopes: platforms may change
 * the addresses, and an address without its scopes cannot be used.
 *
 * @see NRPS 2.0 §3.6.1.1
 * @see AGS 2.0 §3.1
 */
export function endpointsFromClaims(claims: Record<string, unknown>): Endpoints {
  const memberships = membershipsEndpoint(claims[MEMBERSHIPS.claim ?? ""]);
  const grades = gradesEndpoint(claims[GRADES.claim ?? ""]);
  return { ...(memberships && { memberships }), ...(grades && { grades }) };
}

/** What a launch announced of a service of your own, for `Endpoints.own`; none if nothing. */
export function ownEndpointsFromClaims<Endpoint>(
  claims: Record<string, unknown>,
  service: Service<Endpoint>,
): BoundEndpoint[] {
  const value = service.claim === undefined ? undefined : claims[service.claim];
  const endpoint = value === undefined ? undefined : service.fromClaim?.(value);
  return endpoint === undefined ? [] : [ownEndpoint(service, endpoint)];
}

function membershipsEndpoint(claim: unknown): MembershipsEndpoint | undefined {
  if (!isJsonObject(claim)) return undefined;
  const contextMembershipsUrl = textOf(claim["context_memberships_url"]);
  const versions = claim["service_versions"];
  const isVersion2 = !Array.isArray(versions) || versions.includes("2.0");
  if (contextMembershipsUrl === undefined || !isVersion2) return undefined;
  const scopes = textsOf(claim["scope"]);
  return { contextMembershipsUrl, ...(scopes.length > 0 && { scopes }) };
}

// `lineitem` may be present and blank where there is not exactly one (AGS 2.0 §3.1).
function gradesEndpoint(claim: unknown): GradesEndpoint | undefined {
  if (!isJsonObject(claim)) return undefined;
  const lineItemsUrl = textOf(claim["lineitems"]);
  const lineItemUrl = textOf(claim["lineitem"]);
  if (lineItemsUrl === undefined && lineItemUrl === undefined) return undefined;
  return {
    ...(lineItemsUrl !== undefined && { lineItemsUrl }),
    ...(lineItemUrl !== undefined && { lineItemUrl }),
    scopes: textsOf(claim["scope"]),
  };
}

// A list by the specifications; some write it as OAuth does, as words in one text.
function textsOf(value: unknown): string[] {
  const words: unknown[] = Array.isArray(value) ? value : [value];
  return words.flatMap((word) =>
    typeof word === "string" ? word.split(/\s+/).filter(Boolean) : [],
  );
}
