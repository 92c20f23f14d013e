import type { Db } from "#lib/db/client.ts";
import { keepPeople } from "#lib/db/search/keep-people.ts";

/** So long the finder's people wait for runs that are under way to end. */
const WAIT_MS = 60_000;

/**
 * Makes the people whom syncs brought known to the finder, portion by portion, and leaves the
 * machine to others for as long as each took. Called while it is at it, it does nothing.
 */
export function keepPeopleKnown(db: Db, signal: AbortSignal): () => Promise<void> {
  let isAtIt = false;
  return async () => {
    if (isAtIt) return;
    isAtIt = true;
    try {
      for (;;) {
        const startedMs = performance.now();
        if (signal.aborted || !(await keepPeople(db, { waitMs: WAIT_MS }))) return;
        const tookMs = performance.now() - startedMs;
        await new Promise((resolve) => setTimeout(resolve, tookMs));
      }
    } finally {
      isAtIt = false;
    }
  };
}
