"use client";

import { Users } from "lucide-react";
import { RoleList } from "#components/courses/people/role-list.tsx";
import { LiveList } from "#components/lists/live-list.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { REMOVAL_STATES } from "#components/states/tables/rosters.ts";
import { UNKNOWN } from "#lib/format.ts";
import type { HeldMemberView, HoldView } from "#lib/operations/holds/schema.ts";

/** The people a hold names. */
export function HeldMembers({ hold }: { hold: HoldView }) {
  const holdId = hold.id;
  const filters = useUrlFilters([]);
  const source = reads.heldMembers({ holdId, ...filters.query });
  const list = useRead(source);
  return (
    <LiveList
      caption={hold.state === "open" ? "People who would be removed" : "People it was about"}
      list={list}
      source={source}
      filters={filters}
      columns={COLUMNS}
      rowKey={(member) => member.userId}
      empty={<EmptyState icon={Users} title="Nobody" />}
    />
  );
}

const COLUMNS: Column<HeldMemberView>[] = [
  {
    key: "name",
    header: "Name",
    isLead: true,
    cell: (member) => (
      <>
        <span className="font-medium">{member.name ?? UNKNOWN}</span>
        {member.email && <span className="block text-xs text-muted">{member.email}</span>}
      </>
    ),
  },
  {
    key: "user",
    header: "User ID",
    className: "max-w-64",
    cell: ({ userId }) => <span className="font-mono text-xs">{userId}</span>,
  },
  {
    key: "roles",
    header: "Roles",
    phone: "figure",
    cell: ({ roles }) => <RoleList roles={roles} />,
  },
  {
    key: "state",
    header: "Removal",
    cell: ({ state }) => <StateBadge of={REMOVAL_STATES} state={state} />,
  },
  {
    key: "first",
    header: "First seen",
    align: "end",
    cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} />,
  },
  {
    key: "last",
    header: "Last listed",
    align: "end",
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
];
