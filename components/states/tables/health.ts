import { CircleAlert, CircleCheck, CircleHelp, CirclePause, TriangleAlert } from "lucide-react";
import type { Health } from "#lib/operations/fields.ts";
import type { Table } from "../shown.ts";

export const HEALTH_STATES: Table<Health> = {
  unknown: { tone: "idle", icon: CircleHelp, word: "Unknown" },
  healthy: { tone: "ok", icon: CircleCheck, word: "Healthy" },
  warning: { tone: "warn", icon: TriangleAlert, word: "Warning" },
  degraded: { tone: "bad", icon: CircleAlert, word: "Degraded" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
};
