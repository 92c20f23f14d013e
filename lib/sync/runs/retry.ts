import { isCodedError } from "#lib/errors.ts";
import { PlatformCoolingDown } from "../errors.ts";

export type RetryDecision = { again: Date; reason: string } | { again: null };

const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 10 * 60_000;
const MALFORMED_ATTEMPTS = 2;
export const MOST_ATTEMPTS = 10;

/**
 * Whether a run that stopped on this error goes on by itself, and when.
 * `attempt` counts tries since the run last got anywhere, from 1.
 */
export function retryDecision(
  error: unknown,
  { attempt, now, random }: { attempt: number; now: Date; random: () => number },
): RetryDecision {
  // A cool-down of the platform is no failure of this run: it waits as long as that takes.
  if (error instanceof PlatformCoolingDown) return { again: error.retryAt, reason: error.reason };
  if (!isCodedError(error) || attempt >= MOST_ATTEMPTS) return { again: null };
  const backoff = new Date(now.getTime() + backoffMs(attempt, random));
  switch (error.code) {
    case "lti.rate_limited":
      return {
        again: later(retryAtOf(error), backoff, now),
        reason: "the platform asked us to slow down",
      };
    case "lti.platform_unavailable":
    case "lti.unknown_outcome":
      return { again: later(retryAtOf(error), backoff, now), reason: error.message };
    case "lti.response_malformed":
    case "lti.token_reply_malformed":
      return attempt < MALFORMED_ATTEMPTS
        ? { again: backoff, reason: error.message }
        : { again: null };
    default:
      return { again: null };
  }
}

/** Doubles with every attempt, between half and the whole of the step, so that runs spread out. */
export function backoffMs(attempt: number, random: () => number): number {
  const step = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
  return Math.round(step / 2 + (step / 2) * random());
}

function later(asked: Date | undefined, backoff: Date, now: Date): Date {
  if (!asked || asked <= now) return backoff;
  return asked;
}

function retryAtOf(error: Error & { retryAt?: Date }): Date | undefined {
  return error.retryAt;
}
