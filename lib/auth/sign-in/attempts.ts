import { isIPv6 } from "node:net";
import { hashToken } from "../secrets/one-time-token.ts";
import { SignInThrottled } from "./errors.ts";
import type { AttemptLimit, SignInStore } from "./store.ts";

const QUARTER_OF_AN_HOUR = 900;

/** Everybody behind one address, whatever the account: a university may have one for all. */
const ADDRESS: AttemptLimit = limit(30, 2);
/** One account from one address. */
const PAIR: AttemptLimit = limit(5, 5);
/** One account from everywhere else. */
const ACCOUNT: AttemptLimit = limit(20, 5);
/** One account from a device that it has signed in from. */
const DEVICE: AttemptLimit = limit(10, 5);
/** What somebody who is signed in already has to prove again. */
const PROOF: AttemptLimit = limit(5, 5);
/** A code after the right password: of a million, three are right at a time. */
const CODE: AttemptLimit = limit(5, 5);

function limit(free: number, firstWaitSeconds: number): AttemptLimit {
  return { free, firstWaitSeconds, longestWaitSeconds: QUARTER_OF_AN_HOUR };
}

type Attempt = { email: string; address: string | null; device: string | null };

/** An attempt that may go on; `succeeded` makes it count for nothing. */
export type AttemptTaken = { succeeded(): Promise<void> };

/**
 * Counts an attempt to sign in before its password is looked at, by the address first: guesses at
 * ever new accounts then leave no rows behind. A known device is counted by itself alone, so that
 * guesses from elsewhere do not lock it out.
 *
 * @throws SignInThrottled
 */
export async function takeSignIn(
  store: SignInStore,
  { email, address, device }: Attempt,
): Promise<AttemptTaken> {
  if (device) {
    const name = nameOf("device", device, email);
    await take(store, name, DEVICE);
    return { succeeded: () => store.forgetAttempts([name]) };
  }
  const network = networkOf(address);
  const fromAddress = nameOf("address", network);
  const pair = nameOf("pair", network, email);
  const account = nameOf("account", email);
  await take(store, fromAddress, ADDRESS);
  await take(store, pair, PAIR);
  await take(store, account, ACCOUNT);
  return {
    async succeeded() {
      await store.giveBackAttempt(fromAddress);
      await store.forgetAttempts([pair, account]);
    },
  };
}

/**
 * Counts a sign-in by a passkey, of which nobody is known before: by its address alone.
 *
 * @throws SignInThrottled
 */
export async function takePasskeySignIn(
  store: SignInStore,
  address: string | null,
): Promise<AttemptTaken> {
  const name = nameOf("address", networkOf(address));
  await take(store, name, ADDRESS);
  return { succeeded: () => store.giveBackAttempt(name) };
}

/**
 * Counts an attempt of somebody signed in to prove who they are; apart from sign-ins, so that a
 * stolen session does not lock its operator out.
 *
 * @throws SignInThrottled
 */
export async function takeProof(store: SignInStore, operatorId: string): Promise<AttemptTaken> {
  const name = nameOf("proof", operatorId);
  await take(store, name, PROOF);
  return { succeeded: () => store.forgetAttempts([name]) };
}

/**
 * Counts an attempt at the second factor. A known device is counted by itself: who has the password
 * alone does not keep its owner waiting there.
 *
 * @throws SignInThrottled
 */
export async function takeSecondStep(
  store: SignInStore,
  { operatorId, device }: { operatorId: string; device: string | null },
): Promise<AttemptTaken> {
  const name = nameOf("second step", operatorId, device ?? "");
  await take(store, name, CODE);
  return { succeeded: () => store.forgetAttempts([name]) };
}

async function take(store: SignInStore, name: string, limit: AttemptLimit): Promise<void> {
  const wait = await store.takeAttempt(name, limit);
  if (wait > 0) throw new SignInThrottled(wait);
}

/** Kept as a hash: an e-mail that nobody has is not stored for having been typed. */
function nameOf(...parts: string[]): string {
  return hashToken(JSON.stringify(parts));
}

/** Who has one IPv6 address has the 2^64 beside it. */
export function networkOf(address: string | null): string {
  if (address === null) return "unknown";
  if (!isIPv6(address)) return address;
  const { hostname } = new URL(`http://[${address.split("%", 1)[0]}]`);
  const [front = ""] = hostname.slice(1, -1).split("::");
  const groups = front.split(":").filter((group) => group !== "");
  return [...groups, "0", "0", "0", "0"].slice(0, 4).join(":");
}
