import { CircleCheck, CirclePause, CircleSlash, History, type LucideIcon } from "lucide-react";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { HoldState } from "#lib/operations/holds/schema.ts";

export const HOLD_STATES: Record<HoldState, { tone: Tone; icon: LucideIcon; word: string }> = {
  open: { tone: "warn", icon: CirclePause, word: "Waiting" },
  approved: { tone: "ok", icon: CircleCheck, word: "Approved" },
  discarded: { tone: "idle", icon: CircleSlash, word: "Discarded" },
  superseded: { tone: "idle", icon: History, word: "Superseded" },
};

export function HoldStateBadge({ state }: { state: HoldState }) {
  const { tone, icon, word } = HOLD_STATES[state];
  return (
    <Status tone={tone} icon={icon}>
      {word}
    </Status>
  );
}
