import {
  CircleCheck,
  CircleMinus,
  CirclePause,
  CircleSlash,
  History,
  UserMinus,
} from "lucide-react";
import type { MemberView } from "#lib/operations/courses/schema.ts";
import type { HeldMemberView, HoldState } from "#lib/operations/holds/schema.ts";
import type { Table } from "../shown.ts";

export const MEMBER_STATES: Table<MemberView["status"] | "removed"> = {
  active: { tone: "ok", icon: CircleCheck, word: "Active" },
  inactive: { tone: "idle", icon: CirclePause, word: "Inactive" },
  deleted: { tone: "warn", icon: CircleMinus, word: "Deleted" },
  removed: { tone: "warn", icon: UserMinus, word: "Removed" },
};

export const HOLD_STATES: Table<HoldState> = {
  open: { tone: "warn", icon: CirclePause, word: "Waiting" },
  approved: { tone: "ok", icon: CircleCheck, word: "Approved" },
  discarded: { tone: "idle", icon: CircleSlash, word: "Discarded" },
  superseded: { tone: "idle", icon: History, word: "Superseded" },
};

/** What becomes of one person of a hold. */
export const REMOVAL_STATES: Table<HeldMemberView["state"]> = {
  held: { tone: "warn", icon: CirclePause, word: "Waits" },
  applied: { tone: "bad", icon: UserMinus, word: "Removed" },
  discarded: { tone: "idle", icon: CircleSlash, word: "Stays" },
};
