"use client";

import { openHolds } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { formatCountUpTo, plural } from "#lib/format.ts";

/** How many holds wait, where some do. */
export function HoldsCount() {
  const { data } = useRead(openHolds());
  if (!data || data.total === 0) return null;
  return (
    <Badge>
      <span aria-hidden>{formatCountUpTo(data.total, data.totalIsCapped)}</span>
      <span className="sr-only">{plural(data.total, "hold waits", "holds wait")}</span>
    </Badge>
  );
}
