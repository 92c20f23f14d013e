"use client";

import type { ReactNode } from "react";
import { useClock } from "#components/live/time/clock.tsx";
import { ClockTime } from "#components/live/time/time.tsx";
import type { SyncBlock } from "#lib/operations/system/sync-block.ts";

/** Why no sync can be started now, for its buttons; nothing where one can, as once a platform has cooled down. */
export function useSyncBlock(block: SyncBlock | null): ReactNode {
  const until = block?.until ?? null;
  const isOver = useClock((nowMs) => until !== null && Date.parse(until) <= nowMs);
  return block === null || isOver ? undefined : WORDS[block.reason](block);
}

const WORDS: Record<SyncBlock["reason"], (block: SyncBlock) => ReactNode> = {
  archived: () => "It is archived, or its registration is: restore it first",
  not_approved: () => "The registration is not approved",
  deployment_not_approved: () => "The course’s deployment is not approved",
  everything_paused: ({ by }) => `All syncs are paused by ${by}: resume them first`,
  registration_paused: ({ by }) => `The registration is paused by ${by}: resume it first`,
  course_paused: ({ by }) => `The course is paused by ${by}: resume it first`,
  cooling_down: ({ until }) => (
    <>The platform cools down until {until && <ClockTime at={until} />}: nothing is sent before</>
  ),
};
