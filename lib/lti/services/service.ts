import { EndpointInvalid } from "../errors.ts";

/**
 * A platform service, as this library speaks it or as its user adds one: what it is called, which
 * launch claim announces it, which scopes it needs and which addresses it has.
 *
 * Its requests go through `ServiceClient.request`, which checks token, scope and origin.
 */
export type Service<Endpoint> = {
  name: string;
  /** The launch claim that announces it; absent where addresses come by another way. */
  claim?: string;
  /** Reads that claim's value; `undefined` where it offers nothing that can be used. */
  fromClaim?(value: unknown): Endpoint | undefined;
  scopes(endpoint: Endpoint): readonly string[];
  /** By the field's name; an absent address is not offered. At least one must be there. */
  addresses(endpoint: Endpoint): Record<string, string | undefined>;
};

/** A service with its endpoint in one context. */
export type BoundEndpoint = {
  readonly service: { readonly name: string };
  readonly endpoint: unknown;
  readonly scopes: readonly string[];
  readonly addresses: Readonly<Record<string, string | undefined>>;
};

/** Services with a member of their own in `Endpoints`. */
const BUILT_IN = new Set(["memberships", "grades", "notices"]);

export function bind<Endpoint>(service: Service<Endpoint>, endpoint: Endpoint): BoundEndpoint {
  const scopes = service.scopes(endpoint);
  return { service, endpoint, scopes, addresses: service.addresses(endpoint) };
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
  if (BUILT_IN.has(service.name)) {
    throw new EndpointInvalid(service.name, "name", "is that of a service of the library");
  }
  return bind(service, endpoint);
}
