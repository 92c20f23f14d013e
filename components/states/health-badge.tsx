import { Proven } from "#components/proof/proven.tsx";
import type { KeptProof } from "#lib/operations/courses/schema.ts";
import type { Health } from "#lib/operations/fields.ts";
import { StateBadge } from "./state-badge.tsx";
import { HEALTH_STATES } from "./tables/health.ts";

/** How a registration or a course is, in the same five words everywhere, and what that rests on. */
export function HealthBadge({
  health,
  healthReason,
  proof,
}: {
  health: Health;
  healthReason?: string | null;
  proof?: KeptProof | null;
}) {
  const reason = health === "healthy" && proof ? <Proven proof={proof} /> : healthReason;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <StateBadge of={HEALTH_STATES} state={health} />
      {reason && <span className="text-xs text-muted">{reason}</span>}
    </span>
  );
}
