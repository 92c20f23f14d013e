"use client";

import {
  Ban,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleX,
  Clock,
  Hand,
  Hourglass,
  LoaderCircle,
  RotateCw,
  type LucideIcon,
} from "lucide-react";
import { ClockTime } from "#components/live/time.tsx";
import { Status, type Tone } from "#components/ui/status.tsx";
import type { RunState, RunView } from "#lib/operations/runs/schema.ts";

type Shown = { tone: Tone; icon: LucideIcon; word: string };

export const RUN_STATES: Record<RunState, Shown> = {
  queued: { tone: "idle", icon: Clock, word: "Queued" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
  held: { tone: "warn", icon: Hand, word: "Held" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  partly_succeeded: { tone: "warn", icon: CircleAlert, word: "Partly done" },
  failed: { tone: "bad", icon: CircleX, word: "Failed" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};

type StateFacts = Pick<
  RunView,
  "state" | "notBefore" | "waitReason" | "attempt" | "cancelRequested"
>;

/** The state as people read it: waiting and retrying are words of the screen, not of the store. */
export function shownState(run: StateFacts): Shown {
  const isUnfinished = run.state === "queued" || run.state === "running";
  if (isUnfinished && run.cancelRequested) return { tone: "idle", icon: Ban, word: "Cancelling" };
  if (run.state === "queued" && run.attempt > 0)
    return { tone: "warn", icon: RotateCw, word: `Retrying (attempt ${run.attempt + 1})` };
  if (isUnfinished && run.waitReason) return { tone: "warn", icon: Hourglass, word: "Waiting" };
  return RUN_STATES[run.state];
}

export function RunStateBadge({ run }: { run: StateFacts }) {
  const { tone, icon, word } = shownState(run);
  const isWaiting = (run.state === "queued" || run.state === "running") && run.notBefore !== null;
  return (
    <Status tone={tone} icon={icon} isSpinning={icon === LoaderCircle}>
      {word}
      {isWaiting && run.notBefore && (
        <span>
          , resumes <ClockTime at={run.notBefore} />
        </span>
      )}
    </Status>
  );
}
