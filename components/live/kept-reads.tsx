"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, type ReactNode } from "react";
import type { PrefetchedRead } from "./read.ts";

/**
 * Puts what the server has read into the cache: what is new there before the page is rendered, so
 * that the first paint has it; what another page shows already only once this one stands.
 */
export function KeptReads(props: { reads: PrefetchedRead[]; readAt: number; children: ReactNode }) {
  const { reads, readAt } = props;
  const client = useQueryClient();

  const shown = useMemo(() => {
    const isShown = ({ key }: PrefetchedRead) => client.getQueryState(key) !== undefined;
    const later = reads.filter(isShown);
    for (const { key, data } of reads.filter((read) => !later.includes(read)))
      client.setQueryData(key, data, { updatedAt: readAt });
    return later;
  }, [client, reads, readAt]);

  useEffect(() => {
    for (const { key, data } of shown)
      if ((client.getQueryState(key)?.dataUpdatedAt ?? 0) < readAt)
        client.setQueryData(key, data, { updatedAt: readAt });
  }, [client, shown, readAt]);

  return props.children;
}
