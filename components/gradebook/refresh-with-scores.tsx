"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";

/** Has a page made by the server made again once the course's scores or their proof changed. */
export function RefreshWithScores({ courseId }: { courseId: string }) {
  const router = useRouter();
  const { data } = useRead(reads.course({ courseId }));
  const now = data && JSON.stringify([data.scores, data.proof]);
  const seen = useRef(now);
  useEffect(() => {
    if (now === undefined || now === seen.current) return;
    const isFirst = seen.current === undefined;
    seen.current = now;
    if (!isFirst) router.refresh();
  }, [now, router]);
  return null;
}
