import {
  AccessTokenRejected,
  hasTokenWorked,
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
 * is replaced there when it expires or is refused.
 */
export class RunToken {
  #token: CachedToken | undefined;
  /** Requested in place of one that the platform refused. */
  #replacement: AccessToken | undefined;
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

  /**
   * Sees to it that another token is there than the one that failed.
   *
   * @throws `error`  the platform refuses a new token as well, so that the next would not do better
   */
  async replace(failed: AccessToken, error: Error): Promise<void> {
    if (this.#token?.token !== failed) return;
    if (!(error instanceof AccessTokenRejected)) return this.#once(() => this.#acquire());
    if (failed === this.#replacement && !hasTokenWorked(failed)) throw error;
    const { id } = this.#token;
    await this.#once(async () => {
      await this.deps.cache.evict(id, this.need.client.registrationId, error.message);
      await this.onEvent({ kind: "evicted", tokenId: id, message: error.message });
      await this.#acquire();
      const { origin, token } = this.#token!;
      if (origin === "requested") this.#replacement = token;
    });
  }

  /** Lets the jobs that take this token from the cache know that it is good. */
  noteWorked(token: AccessToken): void {
    if (this.#token?.token !== token) return;
    // Without it they take a refusal in its first minute for one of the tool.
    this.deps.cache.noteWorked(this.#token.id).catch(() => undefined);
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

  /** Calls whose token is refused at the same time replace it together. */
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
