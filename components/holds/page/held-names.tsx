"use client";

import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { formatCount } from "#lib/format.ts";

const NAMED = 8;

/** The first of the people a hold names, and how many more there are. */
export function HeldNames({ holdId }: { holdId: string }) {
  const { data } = useRead(reads.heldMembers({ holdId }));
  if (!data) return null;
  const names = data.items.slice(0, NAMED).map(({ name, userId }) => name ?? userId);
  const more = data.total - names.length;
  return (
    <p>
      <span className="text-ink">{names.join(", ")}</span>
      {more > 0 && ` and ${formatCount(more)} more`} will be removed, unless they are back by then.
    </p>
  );
}
