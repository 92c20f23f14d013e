/**
 * An access token as a platform granted it.
 *
 * `token` is not enumerable, so that logs, JSON and spread copies never hold it;
 * `expiresAt` is the true expiry, counted from before the request was sent.
 */
export type AccessToken = {
  readonly token: string;
  readonly requestedScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  readonly obtainedAt: Date;
  readonly expiresAt: Date;
};

// A later 401 on one of them means that it died.
const workingTokens = new WeakSet<AccessToken>();

/** Remembers that a platform took this token; a cache says so of what it knows to have worked. */
export function noteTokenWorked(token: AccessToken): void {
  workingTokens.add(token);
}

/** Whether a platform is known to have taken this token at least once. */
export function hasTokenWorked(token: AccessToken): boolean {
  return workingTokens.has(token);
}

/** What `safetyMs` is made of: a minute, or a share of a lifetime that is shorter than `shortMs`. */
export const SAFETY = { ms: 60_000, shortMs: 600_000, shortShare: 10 } as const;

/** Builds an access token, for example from a cache; the fields are copied. */
export function createAccessToken(fields: {
  token: string;
  requestedScopes: readonly string[];
  grantedScopes: readonly string[];
  obtainedAt: Date;
  expiresAt: Date;
}): AccessToken {
  const visible = {
    requestedScopes: Object.freeze([...fields.requestedScopes]),
    grantedScopes: Object.freeze([...fields.grantedScopes]),
    obtainedAt: new Date(fields.obtainedAt),
    expiresAt: new Date(fields.expiresAt),
  };
  const hidden = { value: fields.token, enumerable: false };
  return Object.freeze(Object.defineProperty(visible, "token", hidden)) as typeof visible & {
    token: string;
  };
}

/**
 * Milliseconds before the true expiry at which a token stops being used.
 *
 * A minute; for lifetimes under ten minutes a tenth of the lifetime, so that even a token
 * that lives for a minute can be used.
 *
 * @see Security Framework 1.0 §7.1.1
 */
export function safetyMs(token: Pick<AccessToken, "obtainedAt" | "expiresAt">): number {
  const lifetimeMs = token.expiresAt.getTime() - token.obtainedAt.getTime();
  return lifetimeMs < SAFETY.shortMs ? Math.max(lifetimeMs, 0) / SAFETY.shortShare : SAFETY.ms;
}

/** Whether a token is past its time, or too close to it to be used for another call. */
export function isTokenExpired(
  token: Pick<AccessToken, "obtainedAt" | "expiresAt">,
  now: Date,
): boolean {
  return now.getTime() >= token.expiresAt.getTime() - safetyMs(token);
}

/** Whether a token that still serves should be replaced now, so that no call waits for the next one. */
export function shouldRenew(
  token: Pick<AccessToken, "obtainedAt" | "expiresAt">,
  now: Date,
): boolean {
  return now.getTime() >= token.expiresAt.getTime() - 2 * safetyMs(token);
}
