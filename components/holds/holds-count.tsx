"use client";

import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Badge } from "#components/ui/badge.tsx";
import { formatCountUpTo, plural } from "#lib/format.ts";
import type { Page } from "#lib/operations/fields.ts";
import { OPEN_HOLDS } from "./open-holds.ts";

/** How many holds wait, where some do. */
export function HoldsCount() {
  const { data } = useLiveResource<Page<unknown>>(OPEN_HOLDS.path, OPEN_HOLDS.query);
  if (!data || data.total === 0) return null;
  return (
    <Badge>
      <span aria-hidden>{formatCountUpTo(data.total, data.totalIsCapped)}</span>
      <span className="sr-only">{plural(data.total, "hold waits", "holds wait")}</span>
    </Badge>
  );
}
