"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useLive, type Connection } from "./stream/live-provider.tsx";
import type { ReadRequest } from "./read.ts";
import { CURRENT_MS, nameOf, type Known, type ReadStore } from "./store/read-store.ts";
import { useReadStore } from "./store/read-store-context.ts";

const ACTIVE_MS = 2500;

export type Reading<Data> = {
  data: Data | undefined;
  error: Error | null;
  /** That `data` is of the page before, until that of this one comes. */
  isPlaceholderData: boolean;
  refetch: () => Promise<void>;
};

/**
 * A read that keeps itself current: made again when the server says that something changed, by
 * the clock while the change stream is lost, never while paused or hidden, and once a second at most
 * for all that a page shows.
 *
 * @param isActive  that it may change at any moment, where the answer does not show it
 */
export function useRead<Data>(request: ReadRequest<Data>, isActive = false): Reading<Data> {
  const store = useReadStore();
  const { isPaused, connection } = useLive();
  const name = nameOf(request.key);
  const known = useKnown(store, name);
  const data = known.data as Data | undefined;
  const mayChange = isActive || (data !== undefined && request.isActive(data));
  useCurrent(store, name, isPaused ? null : pollEveryMs(connection, mayChange));
  const before = useBefore<Data>(request.key[0], data);
  const isPlaceholderData = data === undefined && !known.error && before !== undefined;
  const refetch = useCallback(() => store.readAgain(name), [store, name]);
  return {
    data: isPlaceholderData ? before : data,
    error: known.error,
    isPlaceholderData,
    refetch,
  };
}

function useKnown(store: ReadStore, name: string): Known {
  const watch = useCallback((tell: () => void) => store.watch(name, tell), [store, name]);
  const known = () => store.known(name);
  return useSyncExternalStore(watch, known, known);
}

/** What was shown last of the same list, whatever its filters and page. */
function useBefore<Data>(path: string, data: Data | undefined): Data | undefined {
  const [shown, setShown] = useState({ path, data });
  // Adjusting state while rendering: React renders again at once, nothing wrong is ever shown.
  if (data !== undefined && (shown.data !== data || shown.path !== path)) setShown({ path, data });
  return shown.path === path ? shown.data : undefined;
}

/** @param everyMs  null while nothing on the page may move by itself */
function useCurrent(store: ReadStore, name: string, everyMs: number | null): void {
  useEffect(
    () => (everyMs === null ? undefined : store.keepCurrent(name, everyMs)),
    [store, name, everyMs],
  );
  const isPaused = everyMs === null;
  useEffect(() => {
    if (isPaused) return;
    const look = () => {
      if (document.visibilityState === "visible") store.readIfOld(name);
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, [store, name, isPaused]);
}

function pollEveryMs(connection: Connection, isActive: boolean): number {
  return isActive && connection !== "open" ? ACTIVE_MS : CURRENT_MS;
}
