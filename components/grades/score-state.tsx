import { CircleCheck, CircleX, Clock, Diff, LoaderCircle, type LucideIcon } from "lucide-react";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { ScoreState } from "#lib/operations/scores/schema.ts";

export const SCORE_STATES: Record<ScoreState, { tone: Tone; icon: LucideIcon; word: string }> = {
  pending: { tone: "idle", icon: Clock, word: "Waiting" },
  sending: { tone: "active", icon: LoaderCircle, word: "Sending" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  conflict: { tone: "warn", icon: Diff, word: "Differs" },
};

export function ScoreStateBadge({ state }: { state: ScoreState }) {
  const { tone, icon, word } = SCORE_STATES[state];
  return (
    <Status tone={tone} icon={icon} isSpinning={state === "sending"}>
      {word}
    </Status>
  );
}
