import {
  AccessTokenRejected,
  isTokenExpired,
  shouldRenew,
  type AccessToken,
  type Clock,
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
 * The one token of a run, whatever endpoints it is used with: it comes from the shared cache and
 * is replaced there when it expires or dies.
 */
export class RunToken {
  #token: CachedToken | undefined;
  #replacing: Promise<void> | undefined;
  #ahead: Promise<void> | undefined;
  #aheadAgainAt = new Date(0);

  constructor(
    private readonly deps: { cache: TokenCache; now?: Clock },
    private readonly need: TokenNeed,
    private readonly onEvent: (event: TokenEvent) => Promise<void>,
  ) {}

  /** A token that is valid now. */
  async fresh(): Promise<AccessToken> {
    if (this.#isExpired()) await this.#ahead;
    if (!this.#token || this.#isExpired()) await this.#once(() => this.#acquire());
    return this.#token!.token;
  }

  /** Sees to it that another token is there than the one that failed. */
  async replace(failed: AccessToken, error: Error): Promise<void> {
    if (this.#token?.token !== failed) return;
    const { id } = this.#token;
    await this.#once(async () => {
      if (error instanceof AccessTokenRejected) {
        await this.deps.cache.evict(id, this.need.owner.registrationId, error.message);
        await this.onEvent({ kind: "evicted", tokenId: id, message: error.message });
      }
      await this.#acquire();
    });
  }

  /**
   * Fetches the next token while the present one still serves, so that no call waits for it.
   * Where that fails nothing is lost: the token is asked for again once it is due.
   */
  renewAhead(): void {
    const now = this.#now();
    if (this.#ahead || now < this.#aheadAgainAt) return;
    if (!this.#token || !shouldRenew(this.#token.token, now)) return;
    this.#ahead = this.#acquire({ ahead: true })
      .catch(() => {
        this.#aheadAgainAt = new Date(now.getTime() + AHEAD_AGAIN_MS);
      })
      .finally(() => (this.#ahead = undefined));
  }

  #isExpired(): boolean {
    return this.#token !== undefined && isTokenExpired(this.#token.token, this.#now());
  }

  #now(): Date {
    return this.deps.now?.() ?? new Date();
  }

  /** Calls that find the token dead at once replace it together. */
  async #once(work: () => Promise<void>): Promise<void> {
    this.#replacing ??= work().finally(() => (this.#replacing = undefined));
    await this.#replacing;
  }

  async #acquire(how: { ahead?: boolean } = {}): Promise<void> {
    const isRefresh = this.#token !== undefined;
    const token = await this.deps.cache.acquire({ ...this.need, ...how });
    this.#token = token;
    const kind = token.origin === "cache" ? "reused" : "requested";
    await this.onEvent({ kind, token, isRefresh });
  }
}
