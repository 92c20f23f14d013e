import { CircleCheck, CircleMinus, CircleX, Clock, Diff, LoaderCircle } from "lucide-react";
import type { ScoreState } from "#lib/operations/scores/schema.ts";
import type { Table } from "../shown.ts";

export const SCORE_STATES: Table<ScoreState> = {
  pending: { tone: "idle", icon: Clock, word: "Waiting" },
  sending: { tone: "active", icon: LoaderCircle, word: "Sending" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Left alone" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  conflict: { tone: "warn", icon: Diff, word: "Differs" },
};
