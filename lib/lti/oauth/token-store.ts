import { createHash } from "node:crypto";
import type { Registration } from "../registration.ts";
import type { AccessToken } from "./access-token.ts";

/** Whose token it is and what it was asked for; two of the same are one entry of a store. */
export type TokenKey = {
  /** 64 hexadecimal digits made of all the rest: fits a column, a file name or a key of Redis. */
  readonly id: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly tokenEndpoint: string;
  readonly audience: readonly string[];
  readonly deploymentId?: string;
  /** Sorted, each once. */
  readonly scopes: readonly string[];
};

/**
 * Keeps access tokens, so that calls, jobs and processes share them; `LtiOptions.tokenStore`.
 *
 * A store only keeps: whether a token is still good is judged by who reads it
 * (`isTokenExpired`). Whoever reads the store can act as the tool, so seal what is written.
 *
 * Rollbook's own engine is no such store. Its cache in PostgreSQL also lets a token serve those
 * who need a part of its scopes, asks for the scopes of others in the same request, remembers
 * refused ones, replaces a token before it runs out, and goes by the database's clock.
 */
export type TokenStore = {
  /** The token that was saved last under this key, expired or not. */
  get(key: TokenKey): Promise<AccessToken | undefined>;
  save(key: TokenKey, token: AccessToken): Promise<void>;
  /** Forgets exactly this token; a newer one under the same key stays. */
  delete(key: TokenKey, token: AccessToken): Promise<void>;
  /**
   * Runs `request` for one caller of this key at a time, across processes where the store can.
   * Those who come meanwhile get the same answer, error included, or run their own afterwards:
   * it looks into the store once more before it asks. Without it, every caller that finds no
   * token asks for one.
   */
  exclusive?(key: TokenKey, request: () => Promise<AccessToken>): Promise<AccessToken>;
};

/** The key of a registration's token for these scopes; their order does not matter. */
export function tokenKey(registration: Registration, scopes: readonly string[]): TokenKey {
  const { issuer, clientId, tokenEndpoint, deploymentId } = registration;
  const audience = [registration.audience].flat();
  const sorted = [...new Set(scopes)].sort();
  const parts = [issuer, clientId, tokenEndpoint, audience, deploymentId ?? null, sorted];
  const id = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return { id, issuer, clientId, tokenEndpoint, audience, deploymentId, scopes: sorted };
}

/**
 * A store in the memory of this process: one request for all who ask at once.
 *
 * Holds `maxTokens`, 10,000 unless set otherwise; the one that was saved first goes first.
 */
export function createMemoryTokenStore({ maxTokens = 10_000 } = {}): TokenStore {
  const tokens = new Map<string, AccessToken>();
  const flights = new Map<string, Promise<AccessToken>>();
  return {
    get: async ({ id }) => tokens.get(id),
    async save({ id }, token) {
      tokens.delete(id);
      tokens.set(id, token);
      const [oldest] = tokens.keys();
      if (tokens.size > maxTokens && oldest !== undefined) tokens.delete(oldest);
    },
    async delete({ id }, { token }) {
      if (tokens.get(id)?.token === token) tokens.delete(id);
    },
    exclusive({ id }, request) {
      const flight = flights.get(id) ?? request().finally(() => flights.delete(id));
      flights.set(id, flight);
      return flight;
    },
  };
}
