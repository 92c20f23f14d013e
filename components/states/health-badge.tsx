import type { Health } from "#lib/operations/fields.ts";
import { StateBadge } from "./state-badge.tsx";

/** How a registration or a course is, in the same five words everywhere. */
export function HealthBadge({ health, reason }: { health: Health; reason?: string | null }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <StateBadge of="health" state={health} />
      {reason && <span className="text-xs text-muted">{reason}</span>}
    </span>
  );
}
