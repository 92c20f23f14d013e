import {
  Ban,
  CalendarClock,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
} from "lucide-react";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import type { RunState } from "#lib/operations/runs/schema.ts";
import type { CalendarEntry } from "#lib/operations/schedules/week/week-schema.ts";
import type { Table } from "../shown.ts";

export const RUN_STATES: Table<RunState> = {
  queued: { tone: "idle", icon: Clock, word: "Queued" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
  held: { tone: "warn", icon: Hand, word: "Held" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  partly_succeeded: { tone: "warn", icon: CircleAlert, word: "Partly done" },
  failed: { tone: "bad", icon: CircleX, word: "Failed" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};

/** A time of a schedule at which no run was started. */
export const PLANNED_STATES: Table<Exclude<CalendarEntry["state"], RunState>> = {
  planned: { tone: "active", icon: CalendarClock, word: "Planned" },
  blacked_out: { tone: "idle", icon: CircleSlash, word: "In a blackout" },
  skipped: { tone: "warn", icon: CircleSlash, word: "Skipped" },
};

export const BULK_STATES: Table<BulkView["state"]> = {
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  cancelling: { tone: "warn", icon: LoaderCircle, word: "Stopping" },
  done: { tone: "ok", icon: CircleCheck, word: "Done" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};
