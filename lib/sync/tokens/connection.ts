import {
  AccessTokenExpired,
  AccessTokenRejected,
  checkEndpointOrigins,
  fromAccessToken,
  type Endpoints,
  type LtiOptions,
  type PlatformUnavailable,
  type RateLimited,
  type ServiceClient,
} from "#lib/lti/index.ts";
import { MOST_REPLACEMENTS } from "#lib/lti/services/renewing-client.ts";
import { watchedCalls, type EngineWatch } from "../watch.ts";
import { RunToken, type TokenEvent } from "./run-token.ts";
import type { TokenCache, TokenNeed } from "./token-cache.ts";

export type ConnectionDeps = {
  cache: TokenCache;
  lti: LtiOptions;
  watch?: EngineWatch;
  /** Makes one call when the run may call its platform. */
  inTurn?: <T>(call: () => Promise<T>) => Promise<T>;
  /** Waits until the platform takes calls again; throws where that takes too long. */
  waitOut?: (error: RateLimited | PlatformUnavailable, times: number) => Promise<void>;
};

/**
 * One run's client on one registration, under the run's token; the endpoints are swapped under
 * it. Several of a run may go side by side, each with endpoints of its own (`beside`).
 */
export class Connection {
  #client: ServiceClient | undefined;
  readonly #lti: LtiOptions;

  constructor(
    private readonly deps: ConnectionDeps,
    private readonly need: TokenNeed,
    private readonly onEvent: (event: TokenEvent) => Promise<void>,
    private readonly token = new RunToken({ cache: deps.cache, now: deps.lti.now }, need, onEvent),
  ) {
    this.#lti = {
      ...watchedCalls(deps.lti, need.client.registrationId, deps.watch),
      onTokenWorked: (worked) => token.noteWorked(worked),
    };
  }

  /** Another client of the same run: the same token, endpoints of its own. */
  fork(): Connection {
    return new Connection(this.deps, this.need, this.onEvent, this.token);
  }

  /**
   * Points the client at other endpoints under the same token.
   *
   * @throws OriginNotAllowed  a token may not go there; none was asked for
   * @throws ScopeMismatch     the platform did not grant what they need; nothing was sent to them
   */
  async use(endpoints: Endpoints): Promise<void> {
    await checkEndpointOrigins(this.need.client.registration, endpoints);
    const token = await this.token.fresh();
    this.#client =
      this.#client?.accessToken === token
        ? this.#client.withEndpoints(endpoints)
        : fromAccessToken(this.need.client.registration, endpoints, token, this.#lti);
  }

  /** As `use`, and counted as a swap. */
  async swap(endpoints: Endpoints): Promise<void> {
    await this.use(endpoints);
    await this.onEvent({ kind: "swapped" });
  }

  /** The client with a token that is valid now. */
  async fresh(): Promise<ServiceClient> {
    const token = await this.token.fresh();
    if (!this.#client) throw new TypeError("a connection is used before it has endpoints");
    if (this.#client.accessToken !== token) {
      const { registration, endpoints } = this.#client;
      this.#client = fromAccessToken(registration, endpoints, token, this.#lti);
    }
    this.token.renewAhead();
    return this.#client;
  }

  /** Makes one call when it is the run's turn on its platform; mostly at once. */
  async inTurn<T>(call: () => Promise<T>): Promise<T> {
    return this.deps.inTurn ? this.deps.inTurn(call) : call();
  }

  /** Waits until the platform takes calls again, or throws the error it is about. */
  async waitOut(error: RateLimited | PlatformUnavailable, times: number): Promise<void> {
    if (!this.deps.waitOut) throw error;
    await this.deps.waitOut(error, times);
  }

  /** Calls a service; when the platform no longer takes the token, that token is replaced. */
  async call<T>(work: (client: ServiceClient) => Promise<T>): Promise<T> {
    let client = await this.fresh();
    for (let replacements = 0; ; replacements++) {
      try {
        return await work(client);
      } catch (error) {
        if (!isTokenFault(error) || replacements === MOST_REPLACEMENTS) throw error;
        client = await this.replace(client, error);
      }
    }
  }

  /** A client with another token than the one that failed; throws `error` where none would do better. */
  async replace(failed: ServiceClient, error: Error): Promise<ServiceClient> {
    await this.token.replace(failed.accessToken, error);
    return this.fresh();
  }
}

function isTokenFault(error: unknown): error is AccessTokenRejected | AccessTokenExpired {
  return error instanceof AccessTokenRejected || error instanceof AccessTokenExpired;
}
