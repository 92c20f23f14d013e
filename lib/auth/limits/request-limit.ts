import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** How a request stands to its limit, in requests of the present minute. */
export type LimitState = {
  limit: number;
  remaining: number;
  /** Seconds until all are free again. */
  resetSeconds: number;
  isOver: boolean;
};

/** Counts a request under a name; null where no limit is set. */
export type RequestLimit = (name: string) => Promise<LimitState | null>;

const WINDOW_SECONDS = 60;

/** So many requests a minute under each name, in this process; 0: as many as come. */
export function createRequestLimit(limit: number): RequestLimit {
  if (limit === 0) return async () => null;
  const counter = new RateLimiterMemory({ points: limit, duration: WINDOW_SECONDS });
  return async (name) => {
    try {
      return stateOf(await counter.consume(name), false);
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return stateOf(refused, true);
      throw refused;
    }
  };

  function stateOf({ remainingPoints, msBeforeNext }: RateLimiterRes, isOver: boolean) {
    const resetSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
    return { limit, remaining: remainingPoints, resetSeconds, isOver };
  }
}

/** As answers tell of it (draft-ietf-httpapi-ratelimit-headers-05), with when to ask again. */
export function limitHeaders(state: LimitState): Record<string, string> {
  return {
    "ratelimit-limit": String(state.limit),
    "ratelimit-remaining": String(state.remaining),
    "ratelimit-reset": String(state.resetSeconds),
    ...(state.isOver && { "retry-after": String(state.resetSeconds) }),
  };
}
