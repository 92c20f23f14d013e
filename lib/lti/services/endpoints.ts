import { EndpointInvalid, ServiceNotOffered } from "../errors.ts";
import type { Registration } from "../registration.ts";
import { SCOPE, uniqueScopes } from "../scopes.ts";
import { parseServiceUrl } from "../values/service-url.ts";

/** A context's roster service, from the launch's `namesroleservice` claim. */
export type MembershipsEndpoint = {
  contextMembershipsUrl: string;
  /** Defaults to `contextmembership.readonly`, the only scope of NRPS 2.0. */
  scopes?: readonly string[];
};

/** A context's grades service, from the launch's AGS `endpoint` claim. */
export type GradesEndpoint = {
  lineItemsUrl?: string;
  lineItemUrl?: string;
  /** The scopes that the platform announced in the claim; without them nothing can be asked. */
  scopes: readonly string[];
};

/** A deployment's notification service, from the launch's `platformnotificationservice` claim. */
export type NoticesEndpoint = { url: string; scopes: readonly string[] };

/** The services of one context that a client is to use. */
export type Endpoints = {
  memberships?: MembershipsEndpoint;
  grades?: GradesEndpoint;
  notices?: NoticesEndpoint;
};

/**
 * Checks all endpoints before anything is sent to one of them.
 *
 * @throws ServiceNotOffered  no endpoint at all, or one without any address
 * @throws EndpointInvalid    an address that cannot be used, or no announced scope
 */
export function validateEndpoints(
  endpoints: Endpoints,
  registration: Pick<Registration, "allowHttp">,
): void {
  const { memberships, grades, notices } = endpoints;
  if (!memberships && !grades && !notices) throw new ServiceNotOffered("any service");
  const check = (service: string, field: string, address: string | undefined) => {
    if (address !== undefined) checkAddress(service, field, address, registration.allowHttp);
  };
  if (memberships) {
    check("memberships", "contextMembershipsUrl", memberships.contextMembershipsUrl);
    checkScopes("memberships", membershipsScopes(memberships));
  }
  if (grades) {
    if (!grades.lineItemsUrl && !grades.lineItemUrl) throw new ServiceNotOffered("grades");
    check("grades", "lineItemsUrl", grades.lineItemsUrl);
    check("grades", "lineItemUrl", grades.lineItemUrl);
    checkScopes("grades", grades.scopes);
  }
  if (notices) {
    check("notices", "url", notices.url);
    checkScopes("notices", notices.scopes);
  }
}

/** The scopes that a token needs for these endpoints: each once, rosters before grades. */
export function scopesFor(endpoints: Endpoints): string[] {
  return uniqueScopes([
    ...(endpoints.memberships ? membershipsScopes(endpoints.memberships) : []),
    ...(endpoints.grades?.scopes ?? []),
    ...(endpoints.notices?.scopes ?? []),
  ]);
}

/** The origins that a token for these endpoints may be sent to. */
export function originsOf(endpoints: Endpoints): Set<string> {
  const addresses = [
    endpoints.memberships?.contextMembershipsUrl,
    endpoints.grades?.lineItemsUrl,
    endpoints.grades?.lineItemUrl,
    endpoints.notices?.url,
  ];
  return new Set(addresses.flatMap((address) => (address ? [new URL(address).origin] : [])));
}

function membershipsScopes(endpoint: MembershipsEndpoint): readonly string[] {
  return endpoint.scopes ?? [SCOPE.memberships];
}

function checkAddress(service: string, field: string, address: string, allowHttp: boolean): void {
  const url = parseServiceUrl(address);
  if (!url) throw new EndpointInvalid(service, field, "must be an absolute web address");
  if (url.protocol === "http:" && !allowHttp) {
    throw new EndpointInvalid(service, field, "must use https");
  }
}

function checkScopes(service: string, scopes: readonly string[]): void {
  if (scopes.length === 0) throw new EndpointInvalid(service, "scopes", "must not be empty");
  if (scopes.some((scope) => scope === "" || /\s/.test(scope))) {
    throw new EndpointInvalid(service, "scopes", "must be single words");
  }
}
