import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { resourceKey, type ResourceQuery } from "./resource.ts";

export type Painted = { path: string; query?: ResourceQuery; data: unknown };

/** Hands what the server has read to the browser, which keeps it current from there. */
export function FirstPaint({ reads, children }: { reads: Painted[]; children: ReactNode }) {
  const client = new QueryClient();
  for (const read of reads) client.setQueryData(resourceKey(read.path, read.query), read.data);
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
