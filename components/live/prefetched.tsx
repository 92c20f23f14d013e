"use client";

import { useEffect, useMemo, type ReactNode } from "react";
import type { ReadKey } from "./read.ts";
import { useReadStore } from "./store/read-store-context.ts";

/** What the server has read, and when. */
export type PrefetchedRead<Data = unknown> = { key: ReadKey; data: Data; at: number };

/** Hands what the server has read to the browser, which keeps it current from there. */
export function Prefetched(props: { reads: (PrefetchedRead | null)[]; children: ReactNode }) {
  const store = useReadStore();
  // What is new here is needed for this very rendering; what others show may change after it.
  const later = useMemo(() => {
    const given = props.reads.filter((read) => read !== null);
    const known = given.filter(({ key }) => store.has(key));
    for (const read of given) if (!known.includes(read)) store.put(read.key, read.data, read.at);
    return known;
  }, [store, props.reads]);
  useEffect(() => {
    for (const { key, data, at } of later) store.put(key, data, at);
  }, [store, later]);
  return props.children;
}
