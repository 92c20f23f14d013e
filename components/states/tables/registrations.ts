import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleSlash,
  Clock,
  Hourglass,
  LoaderCircle,
  TimerOff,
  TriangleAlert,
} from "lucide-react";
import type { TestStep } from "#lib/operations/connection-tests/schema.ts";
import type { InvitationView } from "#lib/operations/invitations/schema.ts";
import type { Table } from "../shown.ts";

export const INVITATION_STATES: Table<InvitationView["state"]> = {
  open: { tone: "idle", icon: Clock, word: "Not opened yet" },
  opened: { tone: "active", icon: Hourglass, word: "Opened, not finished" },
  used: { tone: "ok", icon: CircleCheck, word: "Used" },
  expired: { tone: "idle", icon: TimerOff, word: "Expired" },
  revoked: { tone: "idle", icon: Ban, word: "Revoked" },
};

export const TEST_STEP_STATES: Table<TestStep["state"]> = {
  waiting: { tone: "idle", icon: Clock, word: "Waiting" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  passed: { tone: "ok", icon: CircleCheck, word: "Passed" },
  warned: { tone: "warn", icon: TriangleAlert, word: "Warning" },
  failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
  skipped: { tone: "idle", icon: CircleSlash, word: "Skipped" },
  not_reached: { tone: "idle", icon: CircleDashed, word: "Not reached" },
};
