import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleX,
  Clock,
  Diff,
  Send,
  UserRoundPen,
} from "lucide-react";
import type { Shown } from "#components/states/shown.ts";
import type { CellState } from "#lib/operations/gradebook/schema.ts";

/** What a cell says of its score. */
export const CELL_WORDS: Record<CellState, Shown> = {
  sent: { tone: "active", icon: Send, word: "Sent" },
  waiting: { tone: "idle", icon: Clock, word: "Waiting" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  proven: { tone: "ok", icon: CircleCheck, word: "Proven" },
  differs: { tone: "warn", icon: Diff, word: "Differs" },
  missing: { tone: "warn", icon: CircleDashed, word: "Missing there" },
  left_alone: { tone: "idle", icon: CircleMinus, word: "Left alone" },
  not_ours: { tone: "idle", icon: UserRoundPen, word: "Not ours" },
};

/** The states that a gradebook can be narrowed to. */
export const CELL_FILTERS = ["waiting", "rejected", "differs", "sent", "proven"] as const;
