import { hostname } from "node:os";
import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { Db } from "#lib/db/client.ts";
import {
  evictTokensUpTo,
  whyTokenNeeded,
  liveTokens,
  recordTokenWorked,
  recordTokenUse,
  type StoredToken,
  type TokenRequestReason,
} from "#lib/db/tokens/access-tokens.ts";
import { notify } from "#lib/db/changes.ts";
import { createHeldLocks } from "#lib/db/locks/locks.ts";
import {
  createAccessToken,
  isTokenExpired,
  missingScopes,
  noteTokenWorked,
  shouldRenew,
  TokenRefused,
  uniqueScopes,
  type AccessToken,
  type LtiOptions,
  type Registration,
} from "#lib/lti/index.ts";
import { watchedCalls, type EngineWatch } from "../watch.ts";
import { requestRecorded, storeToken, TOKEN_PURPOSE, type TokenClient } from "./token-records.ts";

export type TokenNeed = {
  client: TokenClient;
  /** What the job needs. */
  scopes: readonly string[];
  /** What is asked for alone where the platform refuses the whole request; default: `scopes`. */
  atLeast?: readonly string[];
  /** What it could use, or others of the registration will need: asked for in the same request. */
  also?: readonly string[];
  runId?: string;
  /** Request a new token even though a cached one would do. */
  force?: boolean;
  /** Only a token with time to spare will do: the caller's own still serves. */
  ahead?: boolean;
};

export type CachedToken = {
  id: string;
  token: AccessToken;
  origin: "cache" | "requested";
  reason?: TokenRequestReason;
};

export type TokenCache = {
  /**
   * A token that covers `scopes`, as far as the platform grants them: from the cache, or by
   * the one request that any number of callers in any number of processes wait for.
   */
  acquire(need: TokenNeed): Promise<CachedToken>;
  /** Remembers that the platform took this token. */
  noteWorked(tokenId: string): Promise<void>;
  /** Takes this token out of the cache, and those obtained before it; a newer one stays. */
  evict(tokenId: string, registrationId: string, reason: string): Promise<void>;
  /** Ends requests in flight. */
  close(): Promise<void>;
};

type InFlight = {
  token: Promise<CachedToken>;
  scopes: readonly string[];
  /** Those without which the job that asked has no use for a token. */
  own: readonly string[];
};

// Each in-flight request holds one connection for its lock; more registrations than this wait.
const LOCK_CONNECTIONS = 4;

/** A refused scope is not asked for again so soon; later somebody may have switched its service on. */
const REFUSAL_HOLDS_MS = 60_000;

export function createTokenCache(deps: {
  db: Db;
  databaseUrl: string;
  sealer: Sealer;
  lti: LtiOptions;
  watch?: EngineWatch;
}): TokenCache {
  const { db, sealer } = deps;
  const now = deps.lti.now ?? (() => new Date());
  const closing = new AbortController();
  const lti = { ...deps.lti, signal: closing.signal };
  const inFlight = new Map<string, InFlight>();
  const here = `${hostname()}:${process.pid}`;
  const locks = createHeldLocks(deps.databaseUrl, LOCK_CONNECTIONS);

  async function acquire(need: TokenNeed): Promise<CachedToken> {
    const taken = await findOrRequest(need);
    const { registrationId } = need.client;
    deps.watch?.tookToken({ registrationId, origin: taken.origin });
    return taken;
  }

  async function findOrRequest(need: TokenNeed): Promise<CachedToken> {
    const key = `${need.client.registrationId} ${need.client.source}`;
    for (;;) {
      const cached = need.force ? undefined : await find(need);
      if (cached) return cached;
      const other = inFlight.get(key);
      if (!other) return requestOnce(key, need);
      const token = await other.token.catch((error: unknown) => {
        // Scopes that only came along were not judged by a refusal of what was asked for alone.
        const judged = isForScope(error) ? other.own : other.scopes;
        if (missingScopes(need.scopes, judged).length === 0) throw error;
      });
      if (need.force && token) return token;
    }
  }

  async function requestOnce(key: string, need: TokenNeed): Promise<CachedToken> {
    const scopes = uniqueScopes([...need.scopes, ...(need.also ?? [])]);
    // Another process may have fetched one while this one waited.
    const token = locks.hold(
      key,
      async () => (need.force ? undefined : await find(need)) ?? requestToken(need),
    );
    inFlight.set(key, { token, scopes, own: need.scopes });
    try {
      return await token;
    } finally {
      inFlight.delete(key);
    }
  }

  async function find(need: TokenNeed): Promise<CachedToken | undefined> {
    const { registrationId, source } = need.client;
    const rows = await liveTokens(db, registrationId, source, now());
    for (const row of rows) {
      if (!serves(row, need.scopes, now())) continue;
      const token = open(row);
      if (need.ahead ? shouldRenew(token, now()) : isTokenExpired(token, now())) continue;
      await recordTokenUse(db, {
        tokenId: row.id,
        runId: need.runId,
        process: here,
        isReuse: true,
      });
      return { id: row.id, token, origin: "cache" };
    }
    return undefined;
  }

  async function requestToken(need: TokenNeed): Promise<CachedToken> {
    const { registrationId, source, registration } = need.client;
    const live = await liveTokens(db, registrationId, source, now());
    const reason = await reasonFor(need, live);
    const isWider = reason === "missing_scope";
    const refused = isWider ? uniqueScopes(live.flatMap((row) => stillRefused(row, now()))) : [];
    const granted = live.flatMap((row) => row.grantedScopes);
    const wanted = uniqueScopes([...need.scopes, ...(need.also ?? []), ...granted]).filter(
      (scope) => need.scopes.includes(scope) || !refused.includes(scope),
    );
    const { token, asked } = await requestUnion(registration, { reason, wanted, need });
    const id = await storeToken(deps, need.client, {
      token,
      requestedScopes: asked,
      refusedScopes: uniqueScopes([...missingScopes(asked, token.grantedScopes), ...refused]),
    });
    await recordTokenUse(db, { tokenId: id, runId: need.runId, process: here, isReuse: false });
    await notify(db, { registrationId });
    return { id, token, origin: "requested", reason };
  }

  async function reasonFor(need: TokenNeed, live: StoredToken[]): Promise<TokenRequestReason> {
    if (need.force) return "forced";
    if (need.ahead) return "ahead";
    if (live.some((row) => !isTokenExpired(open(row), now()))) return "missing_scope";
    const ended = await whyTokenNeeded(db, need.client.registrationId, now());
    if (ended === "none") return "first";
    return ended === "evicted" ? "evicted" : "expired";
  }

  /**
   * Some platforms refuse the whole request for one scope they do not know (Canvas). Then
   * what the job itself needs is asked for alone, once; nothing is known of the others.
   */
  async function requestUnion(
    registration: Registration,
    ask: { reason: TokenRequestReason; wanted: string[]; need: TokenNeed },
  ): Promise<{ token: AccessToken; asked: string[] }> {
    const { reason, wanted, need } = ask;
    const note = { registrationId: need.client.registrationId, runId: need.runId, reason };
    const request = async (scopes: string[]) => ({
      token: await requestRecorded(db, note, {
        registration,
        scopes,
        lti: watchedCalls(lti, note.registrationId, deps.watch),
      }),
      asked: scopes,
    });
    try {
      return await request(wanted);
    } catch (error) {
      const least = [...(need.atLeast ?? need.scopes)];
      if (!isForScope(error) || wanted.length === least.length) throw error;
      return request(least);
    }
  }

  function open(row: StoredToken): AccessToken {
    const token = createAccessToken({
      token: sealer.unseal(row.sealedToken, TOKEN_PURPOSE),
      requestedScopes: row.requestedScopes,
      grantedScopes: row.grantedScopes,
      obtainedAt: row.obtainedAt,
      expiresAt: row.expiresAt,
    });
    if (row.hasWorked) noteTokenWorked(token);
    return token;
  }

  return {
    acquire,
    noteWorked: (tokenId) => recordTokenWorked(db, tokenId),
    async evict(tokenId, registrationId, reason) {
      if (await evictTokensUpTo(db, tokenId, reason)) await notify(db, { registrationId });
    },
    close() {
      closing.abort();
      return locks.close();
    },
  };
}

function isForScope(error: unknown): boolean {
  return error instanceof TokenRefused && error.error === "invalid_scope";
}

/** A scope that the platform refused a moment ago is not asked for again by every job. */
function serves(row: StoredToken, scopes: readonly string[], now: Date): boolean {
  const decided = [...row.grantedScopes, ...stillRefused(row, now)];
  return missingScopes(scopes, decided).length === 0;
}

function stillRefused({ refusedScopes, obtainedAt }: StoredToken, now: Date): readonly string[] {
  return now.getTime() - obtainedAt.getTime() < REFUSAL_HOLDS_MS ? refusedScopes : [];
}
