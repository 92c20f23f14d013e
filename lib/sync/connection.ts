import {
  AccessTokenExpired,
  AccessTokenRejected,
  fromAccessToken,
  shouldRenew,
  type Endpoints,
  type LtiOptions,
  type PlatformUnavailable,
  type RateLimited,
  type ServiceClient,
} from "#lib/lti/index.ts";
import type { CachedToken, TokenCache, TokenNeed } from "./token-cache.ts";

const AHEAD_AGAIN_MS = 5_000;

/** What happened to a run's token; the run counts and tells it. */
export type TokenEvent =
  | { kind: "requested"; token: CachedToken; isRefresh: boolean }
  | { kind: "reused"; token: CachedToken; isRefresh: boolean }
  | { kind: "evicted"; tokenId: string; message: string }
  | { kind: "swapped" };

/**
 * One run's client on one registration: the token comes from the shared cache and is
 * replaced there when it expires or dies; the endpoints are swapped under it.
 */
export class Connection {
  #token: CachedToken | undefined;
  #client: ServiceClient | undefined;
  #replacing: Promise<void> | undefined;
  #ahead: Promise<void> | undefined;
  #aheadAgainAt = new Date(0);

  constructor(
    private readonly deps: {
      cache: TokenCache;
      lti: LtiOptions;
      /** Waits until the run may call its platform. */
      turn?: () => Promise<void>;
      /** Waits until the platform takes calls again; throws where that takes too long. */
      waitOut?: (error: RateLimited | PlatformUnavailable, times: number) => Promise<void>;
    },
    private readonly need: TokenNeed,
    private readonly onEvent: (event: TokenEvent) => Promise<void>,
  ) {}

  /**
   * Points the client at other endpoints under the same token.
   *
   * @throws ScopeMismatch  the platform did not grant what they need; nothing was sent to them
   */
  async use(endpoints: Endpoints): Promise<void> {
    const token = await this.#freshToken();
    const { registration } = this.need.owner;
    this.#client = this.#client
      ? this.#client.withEndpoints(endpoints)
      : fromAccessToken(registration, endpoints, token.token, this.deps.lti);
  }

  /** As `use`, and counted as a swap. */
  async swap(endpoints: Endpoints): Promise<void> {
    await this.use(endpoints);
    await this.onEvent({ kind: "swapped" });
  }

  /** The client with a token that is valid now. */
  async fresh(): Promise<ServiceClient> {
    await this.#freshToken();
    if (!this.#client) throw new TypeError("a connection is used before it has endpoints");
    this.#renewAhead(this.#client);
    return this.#client;
  }

  /** Waits until the run may call its platform; between two pages, mostly at once. */
  async turn(): Promise<void> {
    await this.deps.turn?.();
  }

  /** Waits until the platform takes calls again, or throws the error it is about. */
  async waitOut(error: RateLimited | PlatformUnavailable, times: number): Promise<void> {
    if (!this.deps.waitOut) throw error;
    await this.deps.waitOut(error, times);
  }

  get isExpired(): boolean {
    return this.#client?.isExpired ?? true;
  }

  /** Calls a service; when the platform no longer takes the token, that token is replaced once. */
  async call<T>(work: (client: ServiceClient) => Promise<T>): Promise<T> {
    const client = await this.fresh();
    try {
      return await work(client);
    } catch (error) {
      if (!isTokenFault(error)) throw error;
      return work(await this.replace(client, error));
    }
  }

  /** A client with another token than the one that failed. */
  async replace(failed: ServiceClient, error: Error): Promise<ServiceClient> {
    if (this.#token && this.#token.token === failed.accessToken) {
      const { id } = this.#token;
      await this.#once(async () => {
        if (error instanceof AccessTokenRejected) {
          await this.deps.cache.evict(id, this.need.owner.registrationId, error.message);
          await this.onEvent({ kind: "evicted", tokenId: id, message: error.message });
        }
        await this.#acquire();
      });
    }
    return this.fresh();
  }

  async #freshToken(): Promise<CachedToken> {
    if (this.isExpiredToken()) await this.#ahead;
    if (!this.#token || this.isExpiredToken()) await this.#once(() => this.#acquire());
    return this.#token!;
  }

  private isExpiredToken(): boolean {
    return this.#client !== undefined && this.#client.isExpired;
  }

  /**
   * Fetches the next token while the present one still serves, so that no call waits for it.
   * Where that fails nothing is lost: the token is asked for again once it is due.
   */
  #renewAhead({ accessToken }: ServiceClient): void {
    const now = this.deps.lti.now?.() ?? new Date();
    if (this.#ahead || now < this.#aheadAgainAt || !shouldRenew(accessToken, now)) return;
    this.#ahead = this.#acquire({ ahead: true })
      .catch(() => {
        this.#aheadAgainAt = new Date(now.getTime() + AHEAD_AGAIN_MS);
      })
      .finally(() => (this.#ahead = undefined));
  }

  /** Calls of one batch that find the token dead at once replace it together. */
  async #once(work: () => Promise<void>): Promise<void> {
    this.#replacing ??= work().finally(() => (this.#replacing = undefined));
    await this.#replacing;
  }

  async #acquire(how: { ahead?: boolean } = {}): Promise<void> {
    const isRefresh = this.#token !== undefined;
    const token = await this.deps.cache.acquire({ ...this.need, ...how });
    if (this.#client) {
      const { registration, endpoints } = this.#client;
      this.#client = fromAccessToken(registration, endpoints, token.token, this.deps.lti);
    }
    this.#token = token;
    const kind = token.origin === "cache" ? "reused" : "requested";
    await this.onEvent({ kind, token, isRefresh });
  }
}

export function isTokenFault(error: unknown): error is AccessTokenRejected | AccessTokenExpired {
  return error instanceof AccessTokenRejected || error instanceof AccessTokenExpired;
}
