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

/** A service of the library itself: its scopes are known before any launch announces them. */
export type KnownService<Endpoint> = Service<Endpoint> & {
  /** How each of its scopes begins. */
  scopePrefix: string;
  knownScopes: readonly string[];
  /** What it needs where a platform announces it without a scope; absent where that is an error. */
  defaultScopes?: readonly string[];
};

/** A service with its endpoint in one context. */
export type BoundEndpoint = {
  readonly service: { readonly name: string };
  readonly endpoint: unknown;
  readonly scopes: readonly string[];
  readonly addresses: Readonly<Record<string, string | undefined>>;
};

export function bind<Endpoint>(service: Service<Endpoint>, endpoint: Endpoint): BoundEndpoint {
  const scopes = service.scopes(endpoint);
  return { service, endpoint, scopes, addresses: service.addresses(endpoint) };
}
