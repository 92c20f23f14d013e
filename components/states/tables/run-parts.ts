import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  CircleMinus,
  CirclePause,
  CircleX,
  LoaderCircle,
} from "lucide-react";
import type { PartState, ScoreOutcomeView } from "#lib/operations/runs/schema.ts";
import type { Table } from "../shown.ts";

/** A course or a batch of a run. */
export const PART_STATES: Table<PartState> = {
  pending: { tone: "idle", icon: Circle, word: "To do" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Skipped" },
  held: { tone: "warn", icon: CirclePause, word: "Held" },
};

export const OUTCOME_STATES: Table<ScoreOutcomeView["kind"]> = {
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  unknown: { tone: "warn", icon: CircleHelp, word: "Unknown" },
  confirmed: { tone: "ok", icon: CircleCheck, word: "Confirmed" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Left alone" },
};
