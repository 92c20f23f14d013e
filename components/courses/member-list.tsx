"use client";

import { Undo2, Users } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { LiveList } from "#components/lists/live-list.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/use-url-filters.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/data-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SearchField } from "#components/ui/search-field.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { UNKNOWN } from "#lib/format.ts";
import type { MemberView } from "#lib/operations/courses/schema.ts";
import { ChangeFilters } from "#components/rosters/change-filters.tsx";
import { RoleList } from "./role-list.tsx";

export function MemberList(props: {
  courseId: string;
  empty: ReactNode;
  restoreMember: FormAction;
}) {
  const { courseId, empty } = props;
  const filters = useUrlFilters(["q", "role", "presence", "change", "since"]);
  const { values, set } = filters;
  const list = useRead(reads.members({ courseId, ...filters.query }));
  const filterBar = (
    <>
      <SearchField
        label="Search members"
        placeholder="Name, e-mail or user ID"
        value={values.q}
        onSearch={(text) => set("q", text)}
      />
      <SelectFilter
        label="Role"
        all="All roles"
        options={[
          { value: "learner", label: "Learners" },
          { value: "instructor", label: "Instructors" },
          { value: "other", label: "Other roles" },
        ]}
        value={values.role}
        onChange={(value) => set("role", value)}
      />
      <SelectFilter
        label="Presence"
        all="In the course"
        options={[
          { value: "removed", label: "Removed" },
          { value: "all", label: "All ever seen" },
        ]}
        value={values.presence}
        onChange={(value) => set("presence", value)}
      />
      <ChangeFilters values={values} set={set} />
    </>
  );
  return (
    <LiveList
      caption="Members"
      list={list}
      filters={filters}
      columns={[...COLUMNS, restoreColumn(courseId, props.restoreMember)]}
      rowKey={(member) => member.userId}
      filterBar={filterBar}
      empty={
        <EmptyState icon={Users} title="No roster yet">
          {empty}
        </EmptyState>
      }
    />
  );
}

const COLUMNS: Column<MemberView>[] = [
  {
    key: "name",
    header: "Name",
    isLead: true,
    className: "min-w-48",
    cell: (member) => (
      <>
        <span className="font-medium">{nameOf(member)}</span>
        {member.email && <span className="block text-xs text-muted">{member.email}</span>}
      </>
    ),
  },
  {
    key: "user",
    header: "User ID",
    className: "max-w-64",
    cell: ({ userId, lisPersonSourcedId }) => (
      <span className="block font-mono text-xs">
        {userId}
        {lisPersonSourcedId && <span className="block text-muted">{lisPersonSourcedId}</span>}
      </span>
    ),
  },
  { key: "roles", header: "Roles", cell: ({ roles }) => <RoleList roles={roles} /> },
  { key: "status", header: "Status", cell: (member) => <MemberStatus member={member} /> },
  {
    key: "first",
    header: "First seen",
    align: "end",
    cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} />,
  },
  {
    key: "last",
    header: "Last seen",
    align: "end",
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
  {
    key: "changed",
    header: "Last change",
    align: "end",
    cell: ({ changedAt }) => <RelativeTime at={changedAt} />,
  },
];

function restoreColumn(courseId: string, restoreMember: FormAction): Column<MemberView> {
  return {
    key: "restore",
    header: "Restore",
    isHeaderHidden: true,
    align: "end",
    cell: ({ removedAt, userId }) =>
      removedAt && (
        <ActionButton
          action={restoreMember}
          values={{ courseId, userId }}
          size="sm"
          label={`Restore ${userId}`}
        >
          <Undo2 aria-hidden /> Restore
        </ActionButton>
      ),
  };
}

// Names are the platform's to give or keep.
function nameOf({ name, givenName, familyName }: MemberView): string {
  return name ?? ([givenName, familyName].filter(Boolean).join(" ") || UNKNOWN);
}

function MemberStatus({ member }: { member: MemberView }) {
  if (member.removedAt)
    return (
      <span className="inline-flex flex-wrap items-center gap-x-2">
        <StateBadge of="member" state="removed" />
        <span className="text-xs text-muted">
          <RelativeTime at={member.removedAt} />
        </span>
      </span>
    );
  return <StateBadge of="member" state={member.status} />;
}
