/** What changed, for pages that watch; a signal, never the data itself. */
export type Change = {
  runId?: string;
  registrationId?: string;
  courseId?: string;
  operationId?: string;
};

const KEPT_MS = 60_000;
const MOST_KEPT = 2_000;

/**
 * The changes of the last minute, so that who begins to listen hears what was announced since it
 * read. Times are this process's own, in milliseconds.
 */
export function createRecentChanges(openedAtMs: number) {
  let kept: { atMs: number; change: Change }[] = [];
  let wholeSinceMs = openedAtMs;

  function drop(count: number): void {
    const last = kept[count - 1];
    if (!last) return;
    wholeSinceMs = Math.max(wholeSinceMs, last.atMs + 1);
    kept = kept.slice(count);
  }

  return {
    add(change: Change, nowMs: number): void {
      kept.push({ atMs: nowMs, change });
      const old = kept.findIndex(({ atMs }) => atMs > nowMs - KEPT_MS);
      drop(Math.max(old, kept.length - MOST_KEPT));
    },
    /** Nothing was heard for a while. */
    interrupted(nowMs: number): void {
      kept = [];
      wholeSinceMs = nowMs;
    },
    /** Undefined where it is not known what has changed since then. */
    since(atMs: number): Change[] | undefined {
      if (!(atMs >= wholeSinceMs)) return undefined;
      return kept.filter((each) => each.atMs >= atMs).map(({ change }) => change);
    },
  };
}
