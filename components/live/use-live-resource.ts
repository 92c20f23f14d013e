"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive, type Connection } from "./live-provider.tsx";
import {
  readResource,
  resourceKey,
  type ApiProblem,
  type ResourceKey,
  type ResourceQuery,
} from "./resource.ts";

const ACTIVE_MS = 2500;
const IDLE_MS = 20_000;

/**
 * A REST resource that keeps itself current: read again when the server says that it changed,
 * by the clock while the change stream is lost, never while paused or hidden.
 */
export function useLiveResource<Data>(
  path: string,
  query: ResourceQuery = {},
  isActive: (data: Data) => boolean = () => false,
) {
  const { isPaused, connection } = useLive();
  return useQuery<Data, ApiProblem, Data, ResourceKey>({
    queryKey: resourceKey(path, query),
    queryFn: ({ queryKey, signal }) => readResource<Data>(queryKey, signal),
    placeholderData: (previous, before) => (before?.queryKey[0] === path ? previous : undefined),
    refetchOnWindowFocus: !isPaused,
    refetchInterval: ({ state }) =>
      isPaused ? false : pollEveryMs(connection, state.data !== undefined && isActive(state.data)),
  });
}

function pollEveryMs(connection: Connection, isActive: boolean): number {
  return isActive && connection !== "open" ? ACTIVE_MS : IDLE_MS;
}
