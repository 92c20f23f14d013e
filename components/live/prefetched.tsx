import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ReadKey } from "./read.ts";

export type PrefetchedRead<Data = unknown> = { key: ReadKey; data: Data };

/** Hands what the server has read to the browser, which keeps it current from there. */
export function Prefetched(props: { reads: (PrefetchedRead | null)[]; children: ReactNode }) {
  const client = new QueryClient();
  for (const read of props.reads) if (read) client.setQueryData(read.key, read.data);
  return <HydrationBoundary state={dehydrate(client)}>{props.children}</HydrationBoundary>;
}
