import {
  CircleCheck,
  CircleDashed,
  CircleSlash,
  CircleX,
  Clock,
  History,
  Hourglass,
  TimerOff,
} from "lucide-react";
import type { SigningKeyView } from "#lib/operations/keys/schema.ts";
import type { TokenState } from "#lib/operations/registrations/schema.ts";
import type { Table } from "../shown.ts";

export const TOKEN_STATES: Table<TokenState> = {
  none: { tone: "idle", icon: CircleDashed, word: "None yet" },
  valid: { tone: "ok", icon: CircleCheck, word: "Valid" },
  expiring: { tone: "warn", icon: Hourglass, word: "Expiring" },
  expired: { tone: "idle", icon: TimerOff, word: "Expired" },
  evicted: { tone: "idle", icon: CircleSlash, word: "Dropped" },
  refused: { tone: "bad", icon: CircleX, word: "Refused" },
};

export const SIGNING_KEY_STATES: Table<SigningKeyView["state"]> = {
  next: { tone: "idle", icon: Clock, word: "Next" },
  signing: { tone: "ok", icon: CircleCheck, word: "Signs now" },
  previous: { tone: "idle", icon: History, word: "Previous" },
  retired: { tone: "idle", icon: CircleSlash, word: "Retired" },
};
