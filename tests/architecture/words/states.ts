import {
  Ban,
  CalendarClock,
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleMinus,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock,
  Diff,
  Hand,
  History,
  Hourglass,
  LoaderCircle,
  TimerOff,
  TriangleAlert,
  UserMinus,
  type LucideIcon,
} from "lucide-react";
import type { Tone } from "#components/ui/text/status.tsx";
import type { BulkView } from "#lib/operations/bulk/schema.ts";
import type { TestStep } from "#lib/operations/connection-tests/schema.ts";
import type { MemberView } from "#lib/operations/courses/schema.ts";
import type { Health } from "#lib/operations/fields.ts";
import type { HeldMemberView, HoldState } from "#lib/operations/holds/schema.ts";
import type { InvitationView } from "#lib/operations/invitations/schema.ts";
import type { AlertMessageView } from "#lib/operations/alerts/schema.ts";
import type { WebhookView } from "#lib/operations/webhooks/schema.ts";
import type { SigningKeyView } from "#lib/operations/keys/schema.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { PartState, RunState, ScoreOutcomeView } from "#lib/operations/runs/schema.ts";
import type { CalendarEntry } from "#lib/operations/schedules/week/week-schema.ts";
import type { ScoreState } from "#lib/operations/scores/schema.ts";

/** A state on screen: icon, word and colour together. */
export type Shown = { tone: Tone; icon: LucideIcon; word: string };

type Table<State extends string> = Record<State, Shown>;

const run: Table<RunState> = {
  queued: { tone: "idle", icon: Clock, word: "Queued" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
  held: { tone: "warn", icon: Hand, word: "Held" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  partly_succeeded: { tone: "warn", icon: CircleAlert, word: "Partly done" },
  failed: { tone: "bad", icon: CircleX, word: "Failed" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};

/** A course or a batch of a run. */
const part: Table<PartState> = {
  pending: { tone: "idle", icon: Circle, word: "To do" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  succeeded: { tone: "ok", icon: CircleCheck, word: "Done" },
  failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Skipped" },
  held: { tone: "warn", icon: CirclePause, word: "Held" },
};

const outcome: Table<ScoreOutcomeView["kind"]> = {
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  unknown: { tone: "warn", icon: CircleHelp, word: "Unknown" },
  confirmed: { tone: "ok", icon: CircleCheck, word: "Confirmed" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Left alone" },
};

const score: Table<ScoreState> = {
  pending: { tone: "idle", icon: Clock, word: "Waiting" },
  sending: { tone: "active", icon: LoaderCircle, word: "Sending" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  skipped: { tone: "idle", icon: CircleMinus, word: "Left alone" },
  rejected: { tone: "bad", icon: CircleX, word: "Rejected" },
  conflict: { tone: "warn", icon: Diff, word: "Differs" },
};

const token: Table<TokenState> = {
  none: { tone: "idle", icon: CircleDashed, word: "None yet" },
  valid: { tone: "ok", icon: CircleCheck, word: "Valid" },
  expiring: { tone: "warn", icon: Hourglass, word: "Expiring" },
  expired: { tone: "idle", icon: TimerOff, word: "Expired" },
  evicted: { tone: "idle", icon: CircleSlash, word: "Dropped" },
  refused: { tone: "bad", icon: CircleX, word: "Refused" },
};

const hold: Table<HoldState> = {
  open: { tone: "warn", icon: CirclePause, word: "Waiting" },
  approved: { tone: "ok", icon: CircleCheck, word: "Approved" },
  discarded: { tone: "idle", icon: CircleSlash, word: "Discarded" },
  superseded: { tone: "idle", icon: History, word: "Superseded" },
};

/** What becomes of one person of a hold. */
const removal: Table<HeldMemberView["state"]> = {
  held: { tone: "warn", icon: CirclePause, word: "Waits" },
  applied: { tone: "bad", icon: UserMinus, word: "Removed" },
  discarded: { tone: "idle", icon: CircleSlash, word: "Stays" },
};

const member: Table<MemberView["status"] | "removed"> = {
  active: { tone: "ok", icon: CircleCheck, word: "Active" },
  inactive: { tone: "idle", icon: CirclePause, word: "Inactive" },
  deleted: { tone: "warn", icon: CircleMinus, word: "Deleted" },
  removed: { tone: "warn", icon: UserMinus, word: "Removed" },
};

const bulk: Table<BulkView["state"]> = {
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  cancelling: { tone: "warn", icon: LoaderCircle, word: "Stopping" },
  done: { tone: "ok", icon: CircleCheck, word: "Done" },
  cancelled: { tone: "idle", icon: Ban, word: "Cancelled" },
};

const testStep: Table<TestStep["state"]> = {
  waiting: { tone: "idle", icon: Clock, word: "Waiting" },
  running: { tone: "active", icon: LoaderCircle, word: "Running" },
  passed: { tone: "ok", icon: CircleCheck, word: "Passed" },
  warned: { tone: "warn", icon: TriangleAlert, word: "Warning" },
  failed: { tone: "bad", icon: CircleAlert, word: "Failed" },
  skipped: { tone: "idle", icon: CircleSlash, word: "Skipped" },
  not_reached: { tone: "idle", icon: CircleDashed, word: "Not reached" },
};

const health: Table<Health> = {
  unknown: { tone: "idle", icon: CircleHelp, word: "Unknown" },
  healthy: { tone: "ok", icon: CircleCheck, word: "Healthy" },
  warning: { tone: "warn", icon: TriangleAlert, word: "Warning" },
  degraded: { tone: "bad", icon: CircleAlert, word: "Degraded" },
  paused: { tone: "idle", icon: CirclePause, word: "Paused" },
};

/** A time of a schedule at which no run was started. */
const planned: Table<Exclude<CalendarEntry["state"], RunState>> = {
  planned: { tone: "active", icon: CalendarClock, word: "Planned" },
  blacked_out: { tone: "idle", icon: CircleSlash, word: "In a blackout" },
  skipped: { tone: "warn", icon: CircleSlash, word: "Skipped" },
};

const signingKey: Table<SigningKeyView["state"]> = {
  next: { tone: "idle", icon: Clock, word: "Next" },
  signing: { tone: "ok", icon: CircleCheck, word: "Signs now" },
  previous: { tone: "idle", icon: History, word: "Previous" },
  retired: { tone: "idle", icon: CircleSlash, word: "Retired" },
};

const webhook: Table<WebhookView["state"]> = {
  delivering: { tone: "ok", icon: CircleCheck, word: "Delivering" },
  failing: { tone: "warn", icon: Hourglass, word: "Not accepted" },
  disabled: { tone: "bad", icon: Ban, word: "Disabled" },
};

const alertMessage: Table<AlertMessageView["state"]> = {
  waiting: { tone: "active", icon: Hourglass, word: "Waiting" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  failed: { tone: "bad", icon: Ban, word: "Given up" },
};

const invitation: Table<InvitationView["state"]> = {
  open: { tone: "idle", icon: Clock, word: "Not opened yet" },
  opened: { tone: "active", icon: Hourglass, word: "Opened, not finished" },
  used: { tone: "ok", icon: CircleCheck, word: "Used" },
  expired: { tone: "idle", icon: TimerOff, word: "Expired" },
  revoked: { tone: "idle", icon: Ban, word: "Revoked" },
};

/** Every state that the console shows, by what has it. */
export const STATES = {
  run,
  part,
  outcome,
  score,
  token,
  hold,
  removal,
  member,
  bulk,
  testStep,
  health,
  planned,
  signingKey,
  webhook,
  alertMessage,
  invitation,
};

/** The states of a thing as choices of a filter. */
export function stateOptions(of: keyof typeof STATES): { value: string; label: string }[] {
  return Object.entries<Shown>(STATES[of]).map(([value, { word }]) => ({ value, label: word }));
}
