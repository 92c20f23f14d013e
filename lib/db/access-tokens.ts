import type pg from "pg";
import type { Db } from "./client.ts";

type Queryable = Pick<pg.ClientBase, "query">;

export type StoredToken = {
  id: string;
  registrationId: string;
  sealedToken: string;
  requestedScopes: string[];
  grantedScopes: string[];
  refusedScopes: string[];
  obtainedAt: Date;
  expiresAt: Date;
};

const COLUMNS = `id, registration_id AS "registrationId", sealed_token AS "sealedToken",
  requested_scopes AS "requestedScopes", granted_scopes AS "grantedScopes",
  refused_scopes AS "refusedScopes", obtained_at AS "obtainedAt", expires_at AS "expiresAt"`;

/** Tokens of a registration that are not evicted and not past their time, newest first. */
export async function liveTokens(
  queryable: Queryable,
  registrationId: string,
  source: string,
  now: Date,
): Promise<StoredToken[]> {
  const { rows } = await queryable.query<StoredToken>(
    `SELECT ${COLUMNS} FROM access_token
      WHERE registration_id = $1 AND source = $2 AND evicted_at IS NULL AND expires_at > $3
      ORDER BY obtained_at DESC LIMIT 10`,
    [registrationId, source, now],
  );
  return rows;
}

export async function insertToken(
  queryable: Queryable,
  token: Omit<StoredToken, "id"> & { source: string; fingerprint: string },
): Promise<string> {
  const { rows } = await queryable.query<{ id: string }>(
    `INSERT INTO access_token (id, registration_id, source, sealed_token, fingerprint,
       requested_scopes, granted_scopes, refused_scopes, obtained_at, expires_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      token.registrationId,
      token.source,
      token.sealedToken,
      token.fingerprint,
      token.requestedScopes,
      token.grantedScopes,
      token.refusedScopes,
      token.obtainedAt,
      token.expiresAt,
    ],
  );
  return rows[0]!.id;
}

/** Notes that a run took this token, and whether it was spared a request by it. */
export async function recordTokenUse(
  db: Db,
  use: { tokenId: string; runId: string | undefined; isReuse: boolean },
): Promise<void> {
  if (use.isReuse)
    await db.pool.query(`UPDATE access_token SET reuses = reuses + 1 WHERE id = $1`, [use.tokenId]);
  if (use.runId)
    await db.pool.query(
      `INSERT INTO token_use (access_token_id, run_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [use.tokenId, use.runId],
    );
}

/** Takes exactly this token out of the cache; false when someone already had. */
export async function evictToken(
  queryable: Queryable,
  tokenId: string,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `UPDATE access_token SET evicted_at = now(), evicted_reason = $2
      WHERE id = $1 AND evicted_at IS NULL`,
    [tokenId, reason],
  );
  return rowCount === 1;
}

/** Takes every live token of a registration out of the cache, and returns how many there were. */
export async function evictTokensOf(
  queryable: Queryable,
  registrationId: string,
  reason: string,
): Promise<number> {
  const { rowCount } = await queryable.query(
    `UPDATE access_token SET evicted_at = now(), evicted_reason = $2
      WHERE registration_id = $1 AND evicted_at IS NULL AND expires_at > now()`,
    [registrationId, reason],
  );
  return rowCount ?? 0;
}

/** `ahead`: the token still served, and work remained that should not wait for the next one. */
export type TokenRequestReason =
  "first" | "expired" | "ahead" | "forced" | "evicted" | "missing_scope";

export async function insertTokenRequest(
  queryable: Queryable,
  request: {
    registrationId: string;
    runId?: string;
    reason: TokenRequestReason;
    requestedScopes: readonly string[];
    grantedScopes?: readonly string[];
    expiresAt?: Date;
    httpStatus?: number;
    errorCode?: string;
    errorMessage?: string;
    durationMs: number;
  },
): Promise<void> {
  await queryable.query(
    `INSERT INTO token_request (registration_id, run_id, reason, requested_scopes, granted_scopes,
       expires_at, http_status, error_code, error_message, duration_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      request.registrationId,
      request.runId ?? null,
      request.reason,
      request.requestedScopes,
      request.grantedScopes ?? [],
      request.expiresAt ?? null,
      request.httpStatus ?? null,
      request.errorCode ?? null,
      request.errorMessage ?? null,
      request.durationMs,
    ],
  );
}

/** Why the next request is made: what became of the latest token. */
export async function lastTokenFate(
  queryable: Queryable,
  registrationId: string,
  now: Date,
): Promise<"none" | "evicted" | "expired" | "live"> {
  const { rows } = await queryable.query<{ evicted: boolean; expired: boolean }>(
    `SELECT evicted_at IS NOT NULL AS evicted, expires_at <= $2 AS expired FROM access_token
      WHERE registration_id = $1 ORDER BY obtained_at DESC LIMIT 1`,
    [registrationId, now],
  );
  const latest = rows[0];
  if (!latest) return "none";
  if (latest.evicted) return "evicted";
  return latest.expired ? "expired" : "live";
}
