"use client";

import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { namesAndMore } from "#components/ui/text/names-and-more.ts";

/** The first of the people a hold names, and how many more there are. */
export function HeldNames({ holdId }: { holdId: string }) {
  const { data } = useRead(reads.heldMembers({ holdId }));
  if (!data) return null;
  const names = data.items.map(({ name, userId }) => name ?? userId);
  return (
    <p>
      <span className="text-ink">{namesAndMore(names, data.total)}</span> will be removed, unless
      they are back by then.
    </p>
  );
}
