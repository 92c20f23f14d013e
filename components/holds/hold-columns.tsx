import { RelativeTime } from "#components/live/time.tsx";
import type { Column } from "#components/ui/data-table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { formatCount, formatShare } from "#lib/format.ts";
import type { HoldView } from "#lib/operations/holds/schema.ts";
import { appliedWords, RULE_WORDS } from "./hold-words.ts";

export const HOLD_COLUMNS: Column<HoldView>[] = [
  {
    key: "course",
    header: "Course",
    isLead: true,
    className: "min-w-52",
    cell: (hold) => (
      <>
        <TextLink href={`/holds/${hold.id}`} className="text-ink">
          {hold.courseTitle}
        </TextLink>
        <span className="block text-xs text-muted">{hold.registrationName}</span>
      </>
    ),
  },
  {
    key: "removals",
    header: "Would remove",
    align: "end",
    cell: ({ removals, membersBefore }) => (
      <>
        <span className="font-medium">
          {formatCount(removals)} of {formatCount(membersBefore)}
        </span>
        <span className="block text-xs text-muted">{formatShare(removals, membersBefore)}</span>
      </>
    ),
  },
  {
    key: "rule",
    header: "Why",
    className: "min-w-44",
    cell: (hold) => (
      <>
        {RULE_WORDS[hold.rule]}
        <span className="block text-xs text-muted">{appliedWords(hold)}</span>
      </>
    ),
  },
  { key: "state", header: "State", cell: ({ state }) => <StateBadge of="hold" state={state} /> },
  {
    key: "since",
    header: "Since",
    align: "end",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
  },
];
