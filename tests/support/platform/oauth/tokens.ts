import { createHash, randomBytes } from "node:crypto";

export type IssuedToken = {
  value: string;
  fingerprint: string;
  clientId: string;
  scopes: ReadonlySet<string>;
  issuedAtMs: number;
  expiresAtMs: number;
  uses: number;
  usesLeft: number;
  isRevoked: boolean;
};

type Issue = { clientId: string; scopes: string[]; lifetimeSec: number; usesLeft?: number };

/** Opaque bearer tokens; forgotten ones and revoked ones answer alike. */
export class Tokens {
  private readonly byValue = new Map<string, IssuedToken>();

  issue({ clientId, scopes, lifetimeSec, usesLeft = Infinity }: Issue): IssuedToken {
    const value = randomBytes(32).toString("base64url");
    const issuedAtMs = Date.now();
    const token: IssuedToken = {
      value,
      fingerprint: fingerprint(value),
      clientId,
      scopes: new Set(scopes),
      issuedAtMs,
      expiresAtMs: issuedAtMs + lifetimeSec * 1000,
      uses: 0,
      usesLeft,
      isRevoked: false,
    };
    this.byValue.set(value, token);
    return token;
  }

  find(value: string): IssuedToken | undefined {
    return this.byValue.get(value);
  }

  /** Revokes the tokens of one client, the one with a fingerprint, or all; answers how many. */
  revoke(which: { clientId?: string; fingerprint?: string }): number {
    let revoked = 0;
    for (const token of this.byValue.values()) {
      if (which.clientId !== undefined && token.clientId !== which.clientId) continue;
      if (which.fingerprint !== undefined && token.fingerprint !== which.fingerprint) continue;
      if (!token.isRevoked) revoked++;
      token.isRevoked = true;
    }
    return revoked;
  }

  list(): IssuedToken[] {
    return [...this.byValue.values()];
  }

  clear(): void {
    this.byValue.clear();
  }
}

/** Enough of a hash to tell secrets apart in a log without showing them. */
export function fingerprint(secret: string): string {
  return createHash("sha256").update(secret).digest("hex").slice(0, 12);
}
