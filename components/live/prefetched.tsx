import type { ReactNode } from "react";
import { KeptReads } from "./kept-reads.tsx";
import type { PrefetchedRead } from "./read.ts";

export type { PrefetchedRead } from "./read.ts";

/** Hands what the server has read to the browser, which keeps it current from there. */
export function Prefetched(props: { reads: (PrefetchedRead | null)[]; children: ReactNode }) {
  const reads = props.reads.filter((read) => read !== null);
  return (
    <KeptReads reads={reads} readAt={presentMs()}>
      {props.children}
    </KeptReads>
  );
}

// A page on the server is made once.
const presentMs = () => Date.now();
