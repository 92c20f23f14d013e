import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { CodedError } from "#lib/errors.ts";

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** So many hashes are being made already that another one would not be done in time. */
export class TooManyPasswords extends CodedError {
  readonly code = "auth.too_many_passwords" as const;
  readonly retryAfterSeconds = 2;

  constructor() {
    super("too many passwords are being checked, try again in a moment");
  }
}

type Cost = { N: number; r: number; p: number };

/** OWASP Password Storage Cheat Sheet, scrypt: 32 MiB and three passes. */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
/** What installations before 0.3.0 stored as `salt:hash`. */
const EARLIER_COST: Cost = { N: 2 ** 14, r: 16, p: 1 };
const HASH_BYTES = 64;
/** Hashes made at once, each on a thread of its own; the others wait. */
const AT_ONCE = 2;
/** Hashes that wait at most: about four seconds of work. */
const MOST_WAITING = 20;

/**
 * Hashes a password with a salt of its own, off the main thread: `scrypt$N$r$p$salt$hash`.
 *
 * @throws TooManyPasswords
 */
export async function hashOperatorPassword(password: string): Promise<string> {
  const salt = randomBytes(16).toString("hex");
  const hash = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt, hash.toString("hex")].join("$");
}

/**
 * Whether the stored hash is this password's, in the present format or the earlier one.
 *
 * @throws TooManyPasswords
 */
export async function isOperatorPassword(stored: string, password: string): Promise<boolean> {
  const { salt, hash, cost } = partsOf(stored);
  const expected = Buffer.from(hash, "hex");
  if (expected.length !== HASH_BYTES) return false;
  return timingSafeEqual(await derive(password, salt, cost), expected);
}

/** The same where there may be no such person: takes as long. @throws TooManyPasswords */
export async function isPasswordOf(
  stored: string | null | undefined,
  given: string,
): Promise<boolean> {
  if (stored) return isOperatorPassword(stored, given);
  await hashOperatorPassword(given);
  return false;
}

function partsOf(stored: string): { salt: string; hash: string; cost: Cost } {
  if (!stored.startsWith("scrypt$")) {
    const [salt = "", hash = ""] = stored.split(":");
    return { salt, hash, cost: EARLIER_COST };
  }
  const [, N, r, p, salt = "", hash = ""] = stored.split("$");
  return { salt, hash, cost: { N: Number(N), r: Number(r), p: Number(p) } };
}

async function derive(password: string, salt: string, cost: Cost): Promise<Buffer> {
  const done = await turn();
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const options = { ...cost, maxmem: 256 * cost.N * cost.r };
      scrypt(password.normalize("NFKC"), salt, HASH_BYTES, options, (error, hash) =>
        error ? reject(error) : resolve(hash),
      );
    });
  } finally {
    done();
  }
}

// Each bundle of the built server has a copy of this module; the threads are one process's.
const key = Symbol.for("rollbook.passwords");
type Turns = { running: number; waiting: (() => void)[] };
const shared = globalThis as typeof globalThis & { [key]?: Turns };

/** Waits for one of the few turns; the answer gives it back. */
async function turn(): Promise<() => void> {
  const turns = (shared[key] ??= { running: 0, waiting: [] });
  if (turns.running >= AT_ONCE) {
    if (turns.waiting.length >= MOST_WAITING) throw new TooManyPasswords();
    // Whoever ends gives its turn to the first that waits.
    await new Promise<void>((resolve) => turns.waiting.push(resolve));
  } else turns.running += 1;
  return () => {
    const next = turns.waiting.shift();
    if (next) next();
    else turns.running -= 1;
  };
}
