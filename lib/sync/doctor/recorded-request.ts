import { createHash } from "node:crypto";
import type { Sealer } from "#lib/auth/seal.ts";
import { insertToken, insertTokenRequest } from "#lib/db/access-tokens.ts";
import { notifyChange } from "#lib/db/changes.ts";
import type { Db } from "#lib/db/client.ts";
import { isCodedError } from "#lib/errors.ts";
import {
  missingScopes,
  requestAccessToken,
  uniqueScopes,
  type AccessToken,
  type Subject,
} from "#lib/lti/index.ts";
import { TOKEN_PURPOSE } from "../connect.ts";
import type { TokenOwner } from "../token-cache.ts";

/**
 * Asks the token endpoint truly, whatever the cache holds, and writes the request into the
 * registration's history as what it is: forced.
 */
export function createRecordedRequest(db: Db, registrationId: string): Subject["requestToken"] {
  return async (registration, scopes, options) => {
    const startedAt = performance.now();
    const record = (outcome: object) =>
      insertTokenRequest(db.pool, {
        registrationId,
        reason: "forced",
        requestedScopes: scopes,
        durationMs: Math.round(performance.now() - startedAt),
        ...outcome,
      });
    try {
      const token = await requestAccessToken(registration, scopes, options);
      const { grantedScopes, expiresAt } = token;
      await record({ grantedScopes, expiresAt, httpStatus: 200 });
      return token;
    } catch (error) {
      await record(refusalOf(error));
      throw error;
    }
  };
}

/** Puts a token into the cache for the jobs, so that a test spares them a request. */
export async function keepToken(
  { db, sealer }: { db: Db; sealer: Sealer },
  owner: TokenOwner,
  { token, asked }: { token: AccessToken; asked: readonly string[] },
): Promise<void> {
  const { registrationId, source } = owner;
  await insertToken(db.pool, {
    registrationId,
    source,
    sealedToken: sealer.seal(token.token, TOKEN_PURPOSE),
    fingerprint: createHash("sha256").update(token.token).digest("hex").slice(0, 12),
    requestedScopes: [...token.requestedScopes],
    grantedScopes: [...token.grantedScopes],
    refusedScopes: missingScopes(
      uniqueScopes([...token.requestedScopes, ...asked]),
      token.grantedScopes,
    ),
    obtainedAt: token.obtainedAt,
    expiresAt: token.expiresAt,
  });
  await notifyChange(db.pool, { registrationId });
}

function refusalOf(error: unknown): object {
  if (!isCodedError(error)) return { errorCode: "unexpected", errorMessage: "unexpected error" };
  const facts = error as typeof error & { status?: number; excerpt?: string };
  return {
    errorCode: error.code,
    errorMessage: facts.excerpt || error.message,
    httpStatus: facts.status,
  };
}
