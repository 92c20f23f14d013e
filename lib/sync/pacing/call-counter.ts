import { ANSWERED_WITHIN, type CallCounts } from "#lib/db/history/hours.ts";
import type { Fetch } from "#lib/lti/index.ts";

/** Counts what a platform answers, and how soon, until somebody takes the counts. */
export class CallCounter {
  #counts = noCalls();
  #isEmpty = true;

  /** The same `fetch`, counted: until the head of the reply; calls that we ended are not. */
  counting(fetch: Fetch): Fetch {
    return async (url, init) => {
      const startedMs = performance.now();
      try {
        const reply = await fetch(url, init);
        this.#count(reply.status, performance.now() - startedMs);
        return reply;
      } catch (error) {
        if (!isEndedByUs(init.signal)) this.#count(undefined, 0);
        throw error;
      }
    };
  }

  /** What was counted since the last time; undefined where nothing was. */
  take(): CallCounts | undefined {
    if (this.#isEmpty) return undefined;
    const taken = this.#counts;
    this.#counts = noCalls();
    this.#isEmpty = true;
    return taken;
  }

  #count(status: number | undefined, ms: number): void {
    this.#isEmpty = false;
    if (status === 429) this.#counts.throttled += 1;
    else if (status === undefined || status >= 500) this.#counts.failed += 1;
    else this.#counts.answered[classOf(ms)]! += 1;
  }
}

function noCalls(): CallCounts {
  return { failed: 0, throttled: 0, answered: Array<number>(ANSWERED_WITHIN.length + 1).fill(0) };
}

function classOf(ms: number): number {
  const at = ANSWERED_WITHIN.findIndex((most) => ms <= most);
  return at === -1 ? ANSWERED_WITHIN.length : at;
}

/** A deadline that passed is the platform's; any other end of a call is ours. */
function isEndedByUs({ aborted, reason }: AbortSignal): boolean {
  return aborted && !(reason instanceof DOMException && reason.name === "TimeoutError");
}
