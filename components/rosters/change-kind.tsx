import { Pencil, Undo2, UserMinus, UserPlus, type LucideIcon } from "lucide-react";
import { Status, type Tone } from "#components/ui/text/status.tsx";
import type { RosterChangeView } from "#lib/operations/rosters/schema.ts";
import { KIND_WORDS } from "./change-words.ts";

const LOOKS: Record<RosterChangeView["kind"], { tone: Tone; icon: LucideIcon }> = {
  added: { tone: "ok", icon: UserPlus },
  changed: { tone: "active", icon: Pencil },
  removed: { tone: "warn", icon: UserMinus },
  restored: { tone: "ok", icon: Undo2 },
};

const OUTCOMES: Record<RosterChangeView["state"], string> = {
  previewed: "",
  applied: "",
  held: "waits for a decision",
  discarded: "left out",
};

/** What happened to a member, or would happen, or was left out. */
export function ChangeKind({ change }: { change: RosterChangeView }) {
  const { tone, icon } = LOOKS[change.kind];
  const words = KIND_WORDS[change.kind];
  const outcome = OUTCOMES[change.state];
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Status tone={change.state === "discarded" ? "idle" : tone} icon={icon}>
        {change.state === "applied" ? words.done : words.planned}
      </Status>
      {outcome && <span className="text-xs text-muted">{outcome}</span>}
    </span>
  );
}
