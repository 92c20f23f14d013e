"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive, type Connection } from "./stream/live-provider.tsx";
import type { ApiProblem } from "./answer.ts";
import type { ReadKey, ReadRequest } from "./read.ts";
import { readTogether } from "./read-together.ts";

const ACTIVE_MS = 2500;
export const IDLE_MS = 20_000;

/**
 * A read that keeps itself current: made again when the server says that something changed, by
 * the clock while the change stream is lost, never while paused or hidden, and once a second at most
 * for all that a page shows.
 *
 * @param isActive  that it may change at any moment, where the answer does not show it
 */
export function useRead<Data>(request: ReadRequest<Data>, isActive = false) {
  const { isPaused, connection } = useLive();
  const [path] = request.key;
  return useQuery<Data, ApiProblem, Data, ReadKey>({
    queryKey: request.key,
    queryFn: ({ client, queryKey, signal }) =>
      readTogether<Data>(queryKey, signal, client.getQueryData(queryKey) !== undefined),
    placeholderData: (previous, before) => (before?.queryKey[0] === path ? previous : undefined),
    refetchOnWindowFocus: !isPaused,
    refetchInterval: ({ state }) =>
      isPaused
        ? false
        : pollEveryMs(
            connection,
            isActive || (state.data !== undefined && request.isActive(state.data)),
          ),
  });
}

export type Reading<Data> = ReturnType<typeof useRead<Data>>;

function pollEveryMs(connection: Connection, isActive: boolean): number {
  return isActive && connection !== "open" ? ACTIVE_MS : IDLE_MS;
}
