"use client";

import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";

const RenderedAt = createContext(0);

/** The server's time of rendering, so that the first paint says the same in the browser. */
export function ClockProvider(props: { renderedAt: number; children: ReactNode }) {
  return <RenderedAt value={props.renderedAt}>{props.children}</RenderedAt>;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => listeners.forEach((tell) => tell()), 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** What `read` makes of the present second; renders again only when that changes. */
export function useClock<Value extends string | number | boolean>(
  read: (nowMs: number) => Value,
): Value {
  const renderedAt = useContext(RenderedAt);
  return useSyncExternalStore(
    subscribe,
    () => read(wholeSecond()),
    () => read(renderedAt),
  );
}

const never = () => () => {};

/** False on the server and in the first paint, true after it. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
