import { boundEndpoints, scopesFor, validateEndpoints } from "./endpoints.ts";
import type { Endpoints } from "./endpoints.ts";
import { checkEndpointOrigins, checkServiceAddress } from "../token-origins.ts";
import { AccessTokenExpired, ScopeMismatch, ServiceNotOffered } from "../errors.ts";
import { perform } from "../http/perform.ts";
import type { PlatformReply } from "../http/perform.ts";
import { hasTokenWorked, isTokenExpired, noteTokenWorked } from "../oauth/access-token.ts";
import type { AccessToken } from "../oauth/access-token.ts";
import { forgetAccessToken, obtainAccessToken } from "../oauth/obtain-token.ts";
import type { Operation } from "./operations.ts";
import { presentOf } from "../options.ts";
import type { LtiOptions } from "../options.ts";
import type { Registration } from "../registration.ts";
import { missingScopes } from "../scopes.ts";
import type { Service } from "./service.ts";

/** A request to one service; the client adds the token and checks what must hold first. */
export type ServiceRequest = {
  operation: Operation;
  /** The name of the service; where the registration names no origins, the address must be at its endpoint's. */
  service: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  /** Any of these allows the request. */
  scopes: readonly string[];
  accept?: string;
  contentType?: string;
  body?: string;
  signal?: AbortSignal;
};

/**
 * An authenticated client for the services of one context; immutable.
 *
 * Build it with `authenticate` or `fromAccessToken`. There is no OAuth refresh grant here:
 * `refresh` asks for a new token with a new assertion.
 *
 * @see Security Framework 1.0 §4.1, §7.1.1
 */
export class ServiceClient {
  readonly #options: LtiOptions;

  constructor(
    readonly registration: Registration,
    readonly endpoints: Endpoints,
    readonly accessToken: AccessToken,
    options: LtiOptions,
  ) {
    this.#options = options;
  }

  get grantedScopes(): readonly string[] {
    return this.accessToken.grantedScopes;
  }

  get requestedScopes(): readonly string[] {
    return this.accessToken.requestedScopes;
  }

  /** The true expiry; `isExpired` turns true a safety margin earlier. */
  get expiresAt(): Date {
    return this.accessToken.expiresAt;
  }

  get isExpired(): boolean {
    return isTokenExpired(this.accessToken, presentOf(this.#options));
  }

  /** This very client while its token is valid, else one with a new token. */
  async refresh(): Promise<ServiceClient> {
    return this.isExpired ? this.forceRefresh() : this;
  }

  /**
   * A client with another token, whatever the state of the present one: a new one, or one that
   * somebody else has put into the token store since. The present one is taken out of it.
   *
   * The scopes are those of the endpoints, not those granted last time, so that one partial
   * grant does not become permanent.
   */
  async forceRefresh(): Promise<ServiceClient> {
    await forgetAccessToken(this.registration, this.accessToken, this.#options);
    return authenticate(this.registration, this.endpoints, this.#options);
  }

  /**
   * A client for other endpoints with the same token; nothing is requested.
   *
   * @throws ScopeMismatch  the token does not cover them; ask for one that does
   */
  withEndpoints(endpoints: Endpoints): ServiceClient {
    return fromAccessToken(this.registration, endpoints, this.accessToken, this.#options);
  }

  hasScope(scope: string): boolean {
    return this.grantedScopes.includes(scope);
  }

  /** @throws ScopeMismatch  the scope was not granted */
  requireScope(scope: string): void {
    this.requireAnyScope([scope]);
  }

  /** @throws ScopeMismatch  none of the scopes was granted */
  requireAnyScope(scopes: readonly string[]): void {
    if (scopes.some((scope) => this.hasScope(scope))) return;
    throw new ScopeMismatch({ needed: scopes, granted: this.grantedScopes, missing: scopes });
  }

  /**
   * The endpoint of a service of your own.
   *
   * @throws ServiceNotOffered  the client was made without it
   */
  endpointOf<Endpoint>(service: Service<Endpoint>): Endpoint {
    const found = boundEndpoints(this.endpoints).find((bound) => bound.service === service);
    if (!found) throw new ServiceNotOffered(service.name);
    // Bound together with this very service, so it is of its type.
    return found.endpoint as Endpoint;
  }

  /**
   * Sends one service request with the token; for the services of this library and your own.
   *
   * @throws AccessTokenExpired  before anything is sent; refresh the client
   * @throws ScopeMismatch       before anything is sent
   * @throws OriginNotAllowed    before anything is sent: the token may not go there
   * @throws EndpointInvalid     before anything is sent: the address is not the endpoint's origin
   */
  async request(request: ServiceRequest): Promise<PlatformReply> {
    const now = presentOf(this.#options);
    if (isTokenExpired(this.accessToken, now)) throw new AccessTokenExpired(this.expiresAt);
    this.requireAnyScope(request.scopes);
    await checkServiceAddress(this.registration, this.endpoints, request);
    const { token } = this.accessToken;
    const reply = await perform(
      {
        operation: request.operation,
        method: request.method,
        url: request.url,
        headers: headersOf(request, token),
        body: request.body,
        secrets: [token],
      },
      withSignal(this.#options, request.signal),
      {
        tokenAgeMs: now.getTime() - this.accessToken.obtainedAt.getTime(),
        isTokenExpired: isTokenExpired(this.accessToken, now),
        hasTokenWorked: hasTokenWorked(this.accessToken),
      },
    );
    this.#noteWorked();
    return reply;
  }

  #noteWorked(): void {
    if (hasTokenWorked(this.accessToken)) return;
    noteTokenWorked(this.accessToken);
    this.#options.onTokenWorked?.(this.accessToken);
  }
}

/**
 * Returns a client with one token for all the endpoints' scopes: from the token store of the
 * options, or by one request.
 *
 * The endpoints are checked before anything is sent. A partial grant is no error here: the
 * calls that need a missing scope throw `ScopeMismatch` before they send anything.
 *
 * @throws ServiceNotOffered | EndpointInvalid | OriginNotAllowed  nothing was sent
 * @throws TokenRefused | PlatformUnavailable | RateLimited  see `requestAccessToken`
 * @see Security Framework 1.0 §4.1
 */
export async function authenticate(
  registration: Registration,
  endpoints: Endpoints,
  options: LtiOptions,
): Promise<ServiceClient> {
  validateEndpoints(endpoints, registration);
  await checkEndpointOrigins(registration, endpoints);
  const token = await obtainAccessToken(registration, scopesFor(endpoints), options);
  return new ServiceClient(registration, endpoints, token, options);
}

/**
 * Returns a client for a token that is already there, such as one from a cache.
 *
 * A token past its time gives a client that is expired, which `refresh` renews.
 *
 * @throws ServiceNotOffered | EndpointInvalid  the endpoints cannot be used
 * @throws ScopeMismatch  the token does not cover the endpoints
 */
export function fromAccessToken(
  registration: Registration,
  endpoints: Endpoints,
  token: AccessToken,
  options: LtiOptions,
): ServiceClient {
  validateEndpoints(endpoints, registration);
  const needed = scopesFor(endpoints);
  const granted = token.grantedScopes;
  const missing = missingScopes(needed, granted);
  if (missing.length > 0) throw new ScopeMismatch({ needed, granted, missing });
  return new ServiceClient(registration, endpoints, token, options);
}

function headersOf(request: ServiceRequest, token: string): Record<string, string> {
  return {
    // Spelled like this because a platform refused `bearer` (ltijs 5.6.5).
    authorization: `Bearer ${token}`,
    ...(request.accept !== undefined && { accept: request.accept }),
    ...(request.contentType !== undefined && { "content-type": request.contentType }),
  };
}

function withSignal(options: LtiOptions, signal: AbortSignal | undefined): LtiOptions {
  if (!signal) return options;
  const both = options.signal ? AbortSignal.any([options.signal, signal]) : signal;
  return { ...options, signal: both };
}
