import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleMinus,
  CirclePause,
  LoaderCircle,
  type LucideIcon,
} from "lucide-react";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { PartState } from "#lib/operations/runs/schema.ts";

export const PART_STATES: Record<PartState, { tone: Tone; icon: LucideIcon; word: string }> = {
  pending: { tone: "idle", icon: Circle, word: "To do" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Skipped" },
  held: { tone: "warn", icon: CirclePause, word: "Held" },
};

export function PartStateBadge({ state }: { state: PartState }) {
  const { tone, icon, word } = PART_STATES[state];
  return (
    <Status tone={tone} icon={icon} isSpinning={state === "running"}>
      {word}
    </Status>
  );
}
