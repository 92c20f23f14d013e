import { createHash } from "node:crypto";
import type { Sealer } from "#lib/auth/secrets/seal.ts";
import {
  insertToken,
  insertTokenRequest,
  type TokenRequestReason,
} from "#lib/db/tokens/access-tokens.ts";
import { notify } from "#lib/db/changes.ts";
import type { Db } from "#lib/db/client.ts";
import { isCodedError } from "#lib/errors.ts";
import {
  requestAccessToken,
  type AccessToken,
  type LtiOptions,
  type Registration,
} from "#lib/lti/index.ts";

/** What a stored token is sealed for. */
export const TOKEN_PURPOSE = "access_token";

/** A stored registration, ready to be spoken for. */
export type TokenClient = {
  registrationId: string;
  registration: Registration;
  /** Token endpoint and audience: a token from another source is no use to this one. */
  source: string;
};

/** Whose history a token request goes into, and why it was made. */
export type TokenRequestNote = {
  registrationId: string;
  runId?: string;
  reason: TokenRequestReason;
};

/** One request to the token endpoint, written into the registration's history however it ends. */
export async function requestRecorded(
  db: Db,
  note: TokenRequestNote,
  ask: { registration: Registration; scopes: readonly string[]; lti: LtiOptions },
): Promise<AccessToken> {
  const startedAt = performance.now();
  const record = (outcome: object) =>
    insertTokenRequest(db, {
      ...note,
      requestedScopes: ask.scopes,
      durationMs: Math.round(performance.now() - startedAt),
      ...outcome,
    });
  try {
    const token = await requestAccessToken(ask.registration, ask.scopes, ask.lti);
    const { grantedScopes, expiresAt } = token;
    await record({ grantedScopes, expiresAt, httpStatus: 200 });
    return token;
  } catch (error) {
    await record(refusalOf(error));
    await notify(db, { registrationId: note.registrationId });
    throw error;
  }
}

/** Puts a token into the cache, sealed, and returns its ID there. */
export async function storeToken(
  { db, sealer }: { db: Db; sealer: Sealer },
  { registrationId, source }: Pick<TokenClient, "registrationId" | "source">,
  kept: { token: AccessToken; requestedScopes: string[]; refusedScopes: string[] },
): Promise<string> {
  const { token, requestedScopes, refusedScopes } = kept;
  return insertToken(db, {
    registrationId,
    source,
    sealedToken: sealer.seal(token.token, TOKEN_PURPOSE),
    fingerprint: createHash("sha256").update(token.token).digest("hex").slice(0, 12),
    requestedScopes,
    grantedScopes: [...token.grantedScopes],
    refusedScopes,
    obtainedAt: token.obtainedAt,
    expiresAt: token.expiresAt,
  });
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
