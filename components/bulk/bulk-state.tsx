import { Ban, CircleCheck, LoaderCircle, type LucideIcon } from "lucide-react";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { BulkView } from "#lib/operations/bulk/schema.ts";

const STATES: Record<BulkView["state"], { tone: Tone; icon: LucideIcon; word: string }> = {
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  cancelling: { tone: "warn", icon: LoaderCircle, word: "Stopping" },
  done: { tone: "ok", icon: CircleCheck, word: "Done" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};

export function BulkStateBadge({ state }: { state: BulkView["state"] }) {
  const { tone, icon, word } = STATES[state];
  return (
    <Status tone={tone} icon={icon} isSpinning={isUnderWay({ state })}>
      {word}
    </Status>
  );
}

export const isUnderWay = ({ state }: Pick<BulkView, "state">): boolean =>
  state === "running" || state === "cancelling";
