import type { Db } from "#lib/db/client.ts";
import { countFailure, openCircuit, coolPlatformDown } from "#lib/db/pacing/platform-pacing.ts";
import { PlatformUnavailable, RateLimited, UnknownOutcome } from "#lib/lti/index.ts";
import { cooldownMs } from "./circuit.ts";

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
