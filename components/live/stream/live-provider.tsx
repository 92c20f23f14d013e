"use client";

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { isTouched, parseChange } from "./changes.ts";
import type { ReadKey } from "../read.ts";

/** `open`: the server sends changes; `lost`: asking instead; `connecting`: neither yet. */
export type Connection = "connecting" | "open" | "lost";

type Live = {
  isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
  connection: Connection;
  lostAt: string | null;
};

const LiveContext = createContext<Live>({
  isPaused: false,
  setPaused: () => {},
  connection: "connecting",
  lostAt: null,
});

export const useLive = () => useContext(LiveContext);

export function LiveProvider(props: { renderedAt: number; children: ReactNode }) {
  const { renderedAt, children } = props;
  const hasFollowed = useRef(false);
  const client = useQueryClient();
  const [isPaused, setPaused] = useState(false);
  const [lostAt, setLostAt] = useState<string | null>(null);
  const [connection, setConnection] = useState<Connection>("connecting");
  const isVisible = useIsVisible();

  useEffect(() => {
    if (isPaused || !isVisible) return;
    // The first stream of a page goes on from what the server read for it.
    const since = hasFollowed.current ? undefined : renderedAt;
    hasFollowed.current = true;
    return followChanges(client, since, (next) => {
      setConnection(next);
      setLostAt((before) => (next === "lost" ? (before ?? new Date().toISOString()) : null));
    });
  }, [client, renderedAt, isPaused, isVisible]);

  const live = useMemo(
    () => ({ isPaused, setPaused, connection, lostAt }),
    [isPaused, connection, lostAt],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

const COALESCE_MS = 400;
const RECONNECT_MS = 5000;

/**
 * Follows the server's change stream until the returned function is called. What was read at
 * `since` is read again only where it changed; after that, and after every gap, everything is.
 */
function followChanges(
  client: QueryClient,
  since: number | undefined,
  tell: (connection: Connection) => void,
): () => void {
  let opened = 0;
  let source: EventSource | undefined;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  const refresher = createRefresher(client);

  const connect = () => {
    source = new EventSource(since === undefined ? "/api/events" : `/api/events?since=${since}`);
    source.addEventListener("open", () => {
      tell("open");
      opened += 1;
      // Whatever changed while nobody listened.
      if (since === undefined || opened > 1) void client.invalidateQueries();
    });
    source.addEventListener("missed", () => {
      if (opened === 1) void client.invalidateQueries();
    });
    source.addEventListener("change", (event) => refresher.add(parseChange(event.data)));
    source.addEventListener("error", () => {
      tell("lost");
      // A browser tries again by itself, except after an answer that is no stream.
      if (source?.readyState !== EventSource.CLOSED) return;
      reconnect = setTimeout(connect, RECONNECT_MS);
    });
  };
  connect();
  return () => {
    source?.close();
    clearTimeout(reconnect);
    refresher.stop();
  };
}

/** Gathers changes and re-reads what they touch, never twice at once. */
function createRefresher(client: QueryClient) {
  const pending = new Set<string>();
  const timer = setInterval(() => {
    if (pending.size === 0) return;
    const touched = client
      .getQueryCache()
      .findAll({ predicate: ({ queryKey }) => isTouched(queryKey as unknown as ReadKey, pending) });
    // An answer under way may be older than the change, so the change waits for it.
    if (touched.some((query) => query.state.fetchStatus === "fetching")) return;
    pending.clear();
    // Those that no page shows now are read again when one does.
    for (const query of touched) void client.invalidateQueries({ queryKey: query.queryKey });
  }, COALESCE_MS);
  return {
    add: (ids: string[]) => ids.forEach((id) => pending.add(id)),
    stop: () => clearInterval(timer),
  };
}

function useIsVisible(): boolean {
  return useSyncExternalStore(
    (listener) => {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
    () => document.visibilityState === "visible",
    () => true,
  );
}
