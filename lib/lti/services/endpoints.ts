import { EndpointInvalid, ServiceNotOffered } from "../errors.ts";
import type { Registration } from "../registration.ts";
import { uniqueScopes } from "../scopes.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { bind, type BoundEndpoint, type Service } from "./service.ts";
import {
  ANY_SERVICE,
  type EndpointOf,
  SERVICE_NAMES,
  type ServiceName,
  SERVICES,
} from "./services.ts";

/** The services of one context that a client is to use. */
export type Endpoints = { [Name in ServiceName]?: EndpointOf<Name> } & {
  /** Services of your own; see `ownEndpoint`. */
  own?: readonly BoundEndpoint[];
};

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
  const found = SERVICE_NAMES.map((name) => [name, announced(claims, ANY_SERVICE[name])]);
  return Object.fromEntries(found.filter(([, endpoint]) => endpoint !== undefined)) as Endpoints;
}

/** What a launch announced of a service of your own, for `Endpoints.own`; none if nothing. */
export function ownEndpointsFromClaims<Endpoint>(
  claims: Record<string, unknown>,
  service: Service<Endpoint>,
): BoundEndpoint[] {
  const endpoint = announced(claims, service);
  return endpoint === undefined ? [] : [ownEndpoint(service, endpoint)];
}

function announced<Endpoint>(
  claims: Record<string, unknown>,
  service: Service<Endpoint>,
): Endpoint | undefined {
  const value = service.claim === undefined ? undefined : claims[service.claim];
  return value === undefined ? undefined : service.fromClaim?.(value);
}

/**
 * An endpoint of a service of your own, for `Endpoints.own`.
 *
 * @throws EndpointInvalid  the service bears the name of one of the library's
 */
export function ownEndpoint<Endpoint>(
  service: Service<Endpoint>,
  endpoint: Endpoint,
): BoundEndpoint {
  if (Object.hasOwn(SERVICES, service.name)) {
    throw new EndpointInvalid(service.name, "name", "is that of a service of the library");
  }
  return bind(service, endpoint);
}

/** Each endpoint with its service: in the order of `SERVICES`, then your own. */
export function boundEndpoints({ own = [], ...endpoints }: Endpoints): BoundEndpoint[] {
  const known = SERVICE_NAMES.flatMap((name) => {
    const endpoint = endpoints[name];
    return endpoint ? [bind(ANY_SERVICE[name], endpoint)] : [];
  });
  return [...known, ...own];
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
