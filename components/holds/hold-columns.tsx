import { RelativeTime } from "#components/live/time/time.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { RowLink } from "#components/ui/tables/row-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { HOLD_STATES } from "#components/states/tables/rosters.ts";
import { formatCount, formatShare } from "#lib/format.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";
import { appliedWords, RULE_WORDS } from "./hold-words.ts";

export const HOLD_COLUMNS: Column<HoldView>[] = [
  {
    key: "course",
    header: "Course",
    isLead: true,
    cell: (hold) => <RowLink href={`/holds/${hold.id}`}>{hold.courseTitle}</RowLink>,
  },
  {
    key: "registration",
    header: "Registration",
    cell: ({ registrationName }) => registrationName,
  },
  {
    key: "removals",
    header: "Would remove",
    sort: "removals",
    phone: "figure",
    align: "end",
    cell: ({ removals, membersBefore }) => (
      <>
        <span className="font-medium">
          {formatCount(removals)} of {formatCount(membersBefore)}
        </span>
        <span className="text-xs text-muted"> {formatShare(removals, membersBefore)}</span>
      </>
    ),
  },
  {
    key: "rule",
    header: "Why",
    cell: (hold) => (
      <>
        {RULE_WORDS[hold.rule]}
        <span className="block text-xs text-muted">{appliedWords(hold)}</span>
      </>
    ),
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of={HOLD_STATES} state={state} />,
  },
  {
    key: "since",
    header: "Since",
    sort: "createdAt",
    phone: "figure",
    align: "end",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
