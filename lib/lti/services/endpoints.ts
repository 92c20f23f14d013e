import { EndpointInvalid, ServiceNotOffered } from "../errors.ts";
import type { Registration } from "../registration.ts";
import { SCOPE, uniqueScopes } from "../scopes.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { bind, type BoundEndpoint, type Service } from "./service.ts";

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
  /** Services of your own; see `ownEndpoint`. */
  own?: readonly BoundEndpoint[];
};

/** @see NRPS 2.0 §3.6.1.1 */
export const MEMBERSHIPS: Service<MembershipsEndpoint> = {
  name: "memberships",
  claim: "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice",
  scopes: (endpoint) => endpoint.scopes ?? [SCOPE.memberships],
  addresses: ({ contextMembershipsUrl }) => ({ contextMembershipsUrl }),
};

/** @see AGS 2.0 §3.1 */
export const GRADES: Service<GradesEndpoint> = {
  name: "grades",
  claim: "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint",
  scopes: ({ scopes }) => scopes,
  addresses: ({ lineItemsUrl, lineItemUrl }) => ({ lineItemsUrl, lineItemUrl }),
};

/** @see Platform Notification Service 1.0 §3.2 */
const NOTICES: Service<NoticesEndpoint> = {
  name: "notices",
  scopes: ({ scopes }) => scopes,
  addresses: ({ url }) => ({ url }),
};

/** Each endpoint with its service: rosters, grades, notices, then your own. */
export function boundEndpoints({ memberships, grades, notices, own }: Endpoints): BoundEndpoint[] {
  return [
    ...(memberships ? [bind(MEMBERSHIPS, memberships)] : []),
    ...(grades ? [bind(GRADES, grades)] : []),
    ...(notices ? [bind(NOTICES, notices)] : []),
    ...(own ?? []),
  ];
}

/**
 * Checks all endpoints before anything is sent to one of them.
 *
 * @throws ServiceNotOffered  no endpoint at all, or one without any address
 * @throws EndpointInvalid    an address that cannot be used, or no announced scope
 */
export function validateEndpoints(
  endpoints: Endpoints,
  { allowHttp }: Pick<Registration, "allowHttp">,
): void {
  const bound = boundEndpoints(endpoints);
  if (bound.length === 0) throw new ServiceNotOffered("any service");
  for (const { service, scopes, addresses } of bound) {
    const offered = Object.entries(addresses).filter(([, address]) => address !== undefined);
    if (offered.every(([, address]) => address === "")) throw new ServiceNotOffered(service.name);
    for (const [field, address = ""] of offered) {
      checkAddress({ service: service.name, field }, address, allowHttp);
    }
    checkScopes(service.name, scopes);
  }
}

/** The scopes that a token needs for these endpoints: each once, rosters before grades. */
export function scopesFor(endpoints: Endpoints): string[] {
  return uniqueScopes(boundEndpoints(endpoints).flatMap(({ scopes }) => scopes));
}

/** The origins that a token may be sent to for one of the services; none where it is not there. */
export function originsOf(endpoints: Endpoints, service: string): Set<string> {
  const bound = boundEndpoints(endpoints).filter((one) => one.service.name === service);
  const addresses = bound.flatMap(({ addresses }) => Object.values(addresses));
  return new Set(addresses.flatMap((address) => (address ? [new URL(address).origin] : [])));
}

function checkAddress(
  { service, field }: { service: string; field: string },
  address: string,
  allowHttp: boolean,
): void {
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
