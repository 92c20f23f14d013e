import type { Db } from "../client.ts";
import { idRow, row, type RowOf } from "../rows/shape.ts";
import { array, bool, text, timestamptz, uuid } from "../rows/types.ts";

const tokenRow = row({
  id: uuid,
  registrationId: uuid,
  sealedToken: text,
  requestedScopes: array(text),
  grantedScopes: array(text),
  refusedScopes: array(text),
  obtainedAt: timestamptz,
  expiresAt: timestamptz,
  /** The platform took it once, and has refused no token of the registration just now. */
  hasWorked: bool,
});

export type StoredToken = RowOf<typeof tokenRow>;

const COLUMNS = `id, registration_id AS "registrationId", sealed_token AS "sealedToken",
  requested_scopes AS "requestedScopes", granted_scopes AS "grantedScopes",
  refused_scopes AS "refusedScopes", obtained_at AS "obtainedAt", expires_at AS "expiresAt"`;

// Where it refuses one job but not others, each replacement would look as if it had died as well.
const HAS_WORKED = `worked_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM access_token refused
   WHERE refused.registration_id = t.registration_id
     AND refused.evicted_at > now() - interval '1 minute') AS "hasWorked"`;

/** Tokens of a registration that are not evicted and not past their time, newest first. */
export async function liveTokens(
  db: Db,
  registrationId: string,
  source: string,
  now: Date,
): Promise<StoredToken[]> {
  const rows = await db.rows(
    tokenRow,
    `SELECT ${COLUMNS}, ${HAS_WORKED} FROM access_token t
      WHERE registration_id = $1 AND source = $2 AND evicted_at IS NULL AND expires_at > $3
      ORDER BY obtained_at DESC LIMIT 10`,
    [registrationId, source, now],
  );
  return rows;
}

export async function insertToken(
  db: Db,
  token: Omit<StoredToken, "id" | "hasWorked"> & { source: string; fingerprint: string },
): Promise<string> {
  const rows = await db.rows(
    idRow,
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

/** Notes that a run took this token, where, and whether it was spared a request by it. */
export async function recordTokenUse(
  db: Db,
  use: { tokenId: string; runId: string | undefined; process: string; isReuse: boolean },
): Promise<void> {
  if (use.isReuse)
    await db.execute(`UPDATE access_token SET reuses = reuses + 1 WHERE id = $1`, [use.tokenId]);
  if (use.runId)
    await db.execute(
      `INSERT INTO token_use (access_token_id, run_id, process) VALUES ($1, $2, $3)
       ON CONFLICT (access_token_id, run_id) DO UPDATE SET process = EXCLUDED.process
        WHERE token_use.process IS DISTINCT FROM EXCLUDED.process`,
      [use.tokenId, use.runId, use.process],
    );
}

/** Remembers when the platform first took this token. */
export async function recordTokenWorked(db: Db, tokenId: string): Promise<void> {
  await db.execute(
    "UPDATE access_token SET worked_at = now() WHERE id = $1 AND worked_at IS NULL",
    [tokenId],
  );
}

/**
 * Takes a token out of the cache, and those from the same source that were obtained before it:
 * whatever ended this one has hardly spared them. False when someone already had.
 */
export async function evictTokensUpTo(db: Db, tokenId: string, reason: string): Promise<boolean> {
  const count = await db.execute(
    `UPDATE access_token SET evicted_at = now(), evicted_reason = $2
      WHERE id IN (
        SELECT t.id FROM access_token t JOIN access_token failed
            ON t.registration_id = failed.registration_id AND t.source = failed.source
         WHERE failed.id = $1 AND t.evicted_at IS NULL
           AND (t.id = failed.id OR t.obtained_at <= failed.obtained_at AND t.expires_at > now())
         ORDER BY t.id FOR UPDATE OF t)`,
    [tokenId, reason],
  );
  return count > 0;
}

/** Takes every live token of a registration out of the cache, and returns how many there were. */
export async function evictTokensOf(
  db: Db,
  registrationId: string,
  reason: string,
): Promise<number> {
  const count = await db.execute(
    `UPDATE access_token SET evicted_at = now(), evicted_reason = $2
      WHERE registration_id = $1 AND evicted_at IS NULL AND expires_at > now()`,
    [registrationId, reason],
  );
  return count;
}

/** `ahead`: the token still served, and work remained that should not wait for the next one. */
export type TokenRequestReason =
  "first" | "expired" | "ahead" | "forced" | "evicted" | "missing_scope";

export async function insertTokenRequest(
  db: Db,
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
  await db.execute(
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

const latestRow = row({ evicted: bool, expired: bool });

/** Why the next request is made: what became of the latest token. */
export async function whyTokenNeeded(
  db: Db,
  registrationId: string,
  now: Date,
): Promise<"none" | "evicted" | "expired" | "live"> {
  const rows = await db.rows(
    latestRow,
    `SELECT evicted_at IS NOT NULL AS evicted, expires_at <= $2 AS expired FROM access_token
      WHERE registration_id = $1 ORDER BY obtained_at DESC LIMIT 1`,
    [registrationId, now],
  );
  const latest = rows[0];
  if (!latest) return "none";
  if (latest.evicted) return "evicted";
  return latest.expired ? "expired" : "live";
}
