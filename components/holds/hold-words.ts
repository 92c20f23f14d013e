import { formatCount, formatShare, plural } from "#lib/format.ts";
import type { HoldRule, HoldView } from "#lib/operations/holds/schema.ts";

/** Why removals wait, after "because". */
export const RULE_WORDS: Record<HoldRule, string> = {
  empty: "Nobody would be left in the course",
  share: "More than 10% of the course, and at least 5 people",
  no_instructor: "No instructor would be left in the course",
};

const VERBS: Record<HoldView["state"], string> = {
  open: "Would remove",
  approved: "Removed up to",
  discarded: "Would have removed",
  superseded: "Would have removed",
};

/** `Would remove 48 of 120 members (40%)`; once it is decided, what became of it. */
export function removalWords({ state, removals, membersBefore }: HoldView): string {
  const share = formatShare(removals, membersBefore);
  return `${VERBS[state]} ${formatCount(removals)} of ${plural(membersBefore, "member")} (${share})`;
}

/** What the same sync did write. */
export function appliedWords({ applied }: HoldView): string {
  const { added, changed } = applied;
  if (added + changed === 0) return "Nothing else had changed";
  return `${formatCount(added)} added and ${formatCount(changed)} changed were applied`;
}
