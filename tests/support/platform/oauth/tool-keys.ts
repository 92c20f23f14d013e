import { createLocalJWKSet, type JSONWebKeySet, type CompactVerifyGetKey } from "jose";

const FETCH_TIMEOUT_MS = 5_000;

type CachedKeys = { kids: ReadonlySet<unknown>; keySet: CompactVerifyGetKey };

export class ToolKeysUnreachable extends Error {}

/** Tools' public keys by JWKS URL: fetched once, and once more for a key ID not seen before. */
export class ToolKeys {
  private readonly cache = new Map<string, CachedKeys>();
  private readonly fetching = new Map<string, Promise<CachedKeys>>();
  fetches = 0;

  async forKey(
    jwksUrl: string,
    kid: string,
    options: { refetch: boolean },
  ): Promise<CompactVerifyGetKey> {
    const cached = options.refetch ? undefined : this.cache.get(jwksUrl);
    const keys = cached?.kids.has(kid) ? cached : await this.fetchOnce(jwksUrl);
    return keys.keySet;
  }

  clear(): void {
    this.cache.clear();
    this.fetches = 0;
  }

  private fetchOnce(jwksUrl: string): Promise<CachedKeys> {
    const pending = this.fetching.get(jwksUrl);
    if (pending) return pending;
    const fetching = this.fetchKeys(jwksUrl).finally(() => this.fetching.delete(jwksUrl));
    this.fetching.set(jwksUrl, fetching);
    return fetching;
  }

  private async fetchKeys(jwksUrl: string): Promise<CachedKeys> {
    this.fetches++;
    try {
      const response = await fetch(jwksUrl, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const jwks = (await response.json()) as JSONWebKeySet;
      const kids = new Set(jwks.keys.map((key) => key.kid));
      const keys = { kids, keySet: createLocalJWKSet(jwks) };
      this.cache.set(jwksUrl, keys);
      return keys;
    } catch (cause) {
      throw new ToolKeysUnreachable(`cannot read ${jwksUrl}`, { cause });
    }
  }
}
