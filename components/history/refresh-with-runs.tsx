"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { type LatestRunsOf, recentRunsOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";

/** Has what the server drew drawn again once a run has begun or ended. */
export function RefreshWithRuns({ of }: { of: LatestRunsOf }) {
  const router = useRouter();
  const { data } = useRead(recentRunsOf(of));
  const now = data?.items.map(({ id, state }) => `${id} ${state}`).join();
  const seen = useRef(now);
  useEffect(() => {
    if (now === undefined || now === seen.current) return;
    const isFirst = seen.current === undefined;
    seen.current = now;
    if (!isFirst) router.refresh();
  }, [now, router]);
  return null;
}
