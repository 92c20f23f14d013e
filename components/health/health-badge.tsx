import { CircleAlert, CircleCheck, CircleHelp, CirclePause, TriangleAlert } from "lucide-react";
import type { Health } from "#lib/operations/fields.ts";
import { Status, type Tone } from "#components/ui/status.tsx";

const SHOWN = {
  unknown: { tone: "idle", icon: CircleHelp, word: "Unknown" },
  healthy: { tone: "ok", icon: CircleCheck, word: "Healthy" },
  warning: { tone: "warn", icon: TriangleAlert, word: "Warning" },
  degraded: { tone: "bad", icon: CircleAlert, word: "Degraded" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
} as const satisfies Record<Health, { tone: Tone; icon: typeof CircleAlert; word: string }>;

/** How a registration or a course is, in the same five words everywhere. */
export function HealthBadge({ health, reason }: { health: Health; reason?: string | null }) {
  const { tone, icon, word } = SHOWN[health];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Status tone={tone} icon={icon}>
        {word}
      </Status>
      {reason && <span className="text-xs text-muted">{reason}</span>}
    </span>
  );
}
