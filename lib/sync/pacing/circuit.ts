import type { Db } from "#lib/db/client.ts";
import { countFailure, openCircuit, coolPlatformDown } from "#lib/db/pacing/platform-pacing.ts";
import { PlatformUnavailable, RateLimited, UnknownOutcome } from "#lib/lti/index.ts";

/** So many failures in a row without an answer open the circuit. */
export const OPENS_AT = 5;

const FIRST_COOLDOWN_MS = 15_000;
const LONGEST_COOLDOWN_MS = 10 * 60_000;

/** How long a platform is left alone after so many failures in a row; 0 while the circuit is closed. */
export function cooldownMs(failures: number): number {
  if (failures < OPENS_AT) return 0;
  return Math.min(LONGEST_COOLDOWN_MS, FIRST_COOLDOWN_MS * 2 ** (failures - OPENS_AT));
}

/** While the circuit is open one call at a time finds out whether the platform is back. */
export function slotsAt(failures: number, concurrency: number): number {
  return failures >= OPENS_AT ? 1 : concurrency;
}

/** Tells all runs of the registration what this error says about their platform. */
export async function reportToPacing(
  { db, now }: { db: Db; now: () => Date },
  registrationId: string,
  error: unknown,
): Promise<void> {
  if (error instanceof RateLimited)
    return coolPlatformDown(db, registrationId, { until: error.retryAt, reason: error.message });
  if (!(error instanceof PlatformUnavailable || error instanceof UnknownOutcome)) return;
  const coolDown = cooldownMs(await countFailure(db, registrationId));
  if (coolDown > 0) await openCircuit(db, registrationId);
  const until = error.retryAt ?? (coolDown > 0 ? new Date(now().getTime() + coolDown) : undefined);
  if (until) await coolPlatformDown(db, registrationId, { until, reason: error.message });
}
