/** Counts attempts per name within a window, in this process. */
export type Throttle = {
  /** Records an attempt; returns the seconds to wait, 0 when it may go on. */
  take(name: string, nowMs: number): number;
  forget(name: string): void;
};

const MAX_NAMES = 10_000;

export function createThrottle(limit: { attempts: number; windowMs: number }): Throttle {
  const windows = new Map<string, { count: number; endsAtMs: number }>();

  function windowOf(name: string, nowMs: number) {
    const known = windows.get(name);
    if (known && known.endsAtMs > nowMs) return known;
    const fresh = { count: 0, endsAtMs: nowMs + limit.windowMs };
    // Deleting first moves the name to the end, so that the oldest windows come first.
    windows.delete(name);
    windows.set(name, fresh);
    if (windows.size > MAX_NAMES) dropOldest();
    return fresh;
  }

  function dropOldest(): void {
    for (const name of windows.keys()) {
      windows.delete(name);
      return;
    }
  }

  return {
    take(name, nowMs) {
      const window = windowOf(name, nowMs);
      window.count += 1;
      if (window.count <= limit.attempts) return 0;
      return Math.ceil((window.endsAtMs - nowMs) / 1000);
    },
    forget: (name) => void windows.delete(name),
  };
}
