import type { PlatformUnavailable, RateLimited } from "#lib/lti/index.ts";
import type { PlatformShare } from "#lib/sync/pacing/platform-share.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";

const LONGEST_INLINE_WAIT_MS = 30_000;
/** So often is one page in the middle of a roster asked for, with growing pauses. */
const MOST_ASKED = 4;
const FIRST_PAUSE_MS = 1_000;

/**
 * Waits until a platform that throttled takes calls again, with all runs of its registration.
 *
 * @throws RateLimited  the platform asks for a longer wait than a worker should be held for
 */
export async function waitOut(
  limited: RateLimited,
  { share, now }: { share: PlatformShare; now: () => Date },
): Promise<void> {
  const waitMs = limited.retryAt.getTime() - now().getTime();
  await share.report(limited);
  if (waitMs > LONGEST_INLINE_WAIT_MS) throw limited;
  await share.waitOut(limited.retryAt, limited.message);
}

/**
 * Lets a moment pass before a page is asked for again that got no answer.
 *
 * @throws PlatformUnavailable  the page was asked for often enough, or is to be left for longer
 */
export async function askAgain(
  error: PlatformUnavailable,
  times: number,
  { handle, now }: { handle: RunHandle; now: () => Date },
): Promise<void> {
  if (times >= MOST_ASKED) throw error;
  const backoffMs = FIRST_PAUSE_MS * 2 ** (times - 1);
  const until = error.retryAt ?? new Date(now().getTime() + backoffMs);
  if (until.getTime() - now().getTime() > LONGEST_INLINE_WAIT_MS) throw error;
  await handle.waitUntil(until, error.message, now);
}
