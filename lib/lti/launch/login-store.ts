import { createHash, randomBytes } from "node:crypto";

/** What of a registration a login and its launch need. */
export type LaunchRegistration = {
  readonly issuer: string;
  readonly clientId: string;
  readonly authorizationEndpoint: string;
  readonly jwksUrl: string;
};

/** A login that waits for its launch. All is hashed: a stolen store starts nothing. */
export type PendingLogin<R extends LaunchRegistration> = {
  readonly registration: R;
  /** SHA-256, in hexadecimal. */
  readonly stateHash: string;
  /** SHA-256, in hexadecimal. */
  readonly nonceHash: string;
  /** SHA-256 of the target link URI, in hexadecimal. */
  readonly targetHash: string;
  readonly expiresAt: Date;
};

/**
 * Keeps logins until their launch comes. A state is good for one launch, and the nonce goes with
 * it, so that there is no other store of nonces.
 */
export type LoginStore<R extends LaunchRegistration> = {
  /**
   * For a store that keeps what a launch needs in the state itself, sealed, so that logins which
   * anybody can start leave nothing behind: makes state and nonce. At most 200 characters each.
   */
  issue?(login: Pick<PendingLogin<R>, "registration" | "targetHash" | "expiresAt">): {
    state: string;
    nonce: string;
  };
  save(login: PendingLogin<R>, now: Date): Promise<void>;
  /** The registration of a login, which is not used up by this. */
  find(stateHash: string, state: string): Promise<R | undefined>;
  /**
   * Uses a login up. Of two that come with the same state, in whatever process, one must get
   * `isFirst`. A store that keeps used ones tells a replay from a state that nobody knows.
   */
  take(
    stateHash: string,
    now: Date,
    state: string,
  ): Promise<{ login: PendingLogin<R>; isFirst: boolean } | undefined>;
};

/**
 * A store in the memory of this process: keeps each login until it ends, used ones too, so that
 * a replay is told. Anybody can start logins, so it holds `maxLogins`, 100,000 unless told
 * otherwise, and then lets the oldest go.
 */
export function createMemoryLoginStore<R extends LaunchRegistration>({
  maxLogins = 100_000,
} = {}): LoginStore<R> {
  const logins = new Map<string, { login: PendingLogin<R>; isUsed: boolean }>();
  return {
    async save(login, now) {
      // Oldest first, and so the first that end.
      for (const [stateHash, { login: old }] of logins) {
        if (old.expiresAt > now && logins.size < maxLogins) break;
        logins.delete(stateHash);
      }
      logins.set(login.stateHash, { login, isUsed: false });
    },
    find: async (stateHash) => logins.get(stateHash)?.login.registration,
    async take(stateHash) {
      const found = logins.get(stateHash);
      if (!found) return undefined;
      const isFirst = !found.isUsed;
      found.isUsed = true;
      return { login: found.login, isFirst };
    },
  };
}

/** A value that nobody can guess: 256 bits of chance. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a value that was made by chance. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
