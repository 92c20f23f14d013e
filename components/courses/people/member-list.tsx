"use client";

import { Undo2, Users } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { LiveList } from "#components/lists/live-list.tsx";
import { PersonFilter } from "#components/lists/person-filter.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useUrlFilters } from "#components/lists/state/use-url-filters.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { SearchField } from "#components/ui/fields/search-field.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { MEMBER_STATES } from "#components/states/tables/rosters.ts";
import { UNKNOWN } from "#lib/format.ts";
import type { MemberView } from "#lib/operations/courses/schema.ts";
import type { GroupView } from "#lib/operations/groups/schema.ts";
import { ChangeFilters } from "#components/rosters/change-filters.tsx";
import { RoleList } from "./role-list.tsx";

export function MemberList(props: {
  courseId: string;
  empty: ReactNode;
  restoreMember: FormAction;
}) {
  const { courseId, empty } = props;
  const filters = useUrlFilters(["q", "role", "groupId", "presence", "change", "since", "userId"]);
  const { values, set } = filters;
  const source = reads.members({ courseId, ...filters.query });
  const list = useRead(source);
  const groups = useRead(reads.groups({ courseId })).data?.items ?? [];
  const filterBar = (
    <>
      <SearchField
        name="q"
        label="Search members"
        placeholder="Name, e-mail or user ID"
        value={values.q}
        onSearch={(text) => set("q", text)}
      />
      <SelectFilter
        name="role"
        label="Role"
        all="All roles"
        options={[
          { value: "learner", label: "Learners" },
          { value: "instructor", label: "Instructors" },
          { value: "assistant", label: "Teaching assistants" },
          { value: "other", label: "Other roles" },
        ]}
        value={values.role}
        onChange={(value) => set("role", value)}
      />
      {groups.length > 0 && (
        <SelectFilter
          name="groupId"
          label="Group"
          all="All groups"
          options={groups.map(({ id, name, setName }) => ({
            value: id,
            label: setName ? `${setName}: ${name}` : name,
          }))}
          value={values.groupId}
          onChange={(value) => set("groupId", value)}
        />
      )}
      <SelectFilter
        name="presence"
        label="Presence"
        all="In the course"
        options={[
          { value: "removed", label: "Removed" },
          { value: "all", label: "All ever seen" },
        ]}
        value={values.presence}
        onChange={(value) => set("presence", value)}
      />
      <PersonFilter value={values.userId} onChange={(userId) => set("userId", userId)} />
      <ChangeFilters values={values} set={set} />
    </>
  );
  return (
    <LiveList
      caption="Members"
      list={list}
      source={source}
      views="members"
      defaultSort="name"
      filters={filters}
      columns={[
        ...COLUMNS,
        groupsColumn(groups),
        scoresColumn(courseId),
        restoreColumn(courseId, props.restoreMember),
      ]}
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

function groupsColumn(groups: readonly GroupView[]): Column<MemberView> {
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return {
    key: "groups",
    header: "Groups",
    isOptional: groups.length === 0,
    cell: ({ groupIds }) =>
      groupIds.length === 0 ? UNKNOWN : groupIds.map((id) => names.get(id) ?? id).join(", "),
  };
}

const COLUMNS: Column<MemberView>[] = [
  {
    key: "name",
    header: "Name",
    isLead: true,
    sort: "name",
    cell: (member) => <span className="font-medium">{nameOf(member)}</span>,
  },
  {
    key: "email",
    header: "E-mail",
    sort: "email",
    phone: "figure",
    cell: ({ email }) => email ?? UNKNOWN,
  },
  {
    key: "user",
    header: "User ID",
    sort: "userId",
    cell: ({ userId }) => <code className="font-mono text-xs">{userId}</code>,
  },
  {
    key: "sourced",
    header: "SIS ID",
    isOptional: true,
    cell: ({ lisPersonSourcedId }) => (
      <code className="font-mono text-xs">{lisPersonSourcedId ?? UNKNOWN}</code>
    ),
  },
  {
    key: "legacy",
    header: "LTI 1.1 user ID",
    isOptional: true,
    cell: ({ lti11LegacyUserId }) => (
      <code className="font-mono text-xs">{lti11LegacyUserId ?? UNKNOWN}</code>
    ),
  },
  {
    key: "roles",
    header: "Roles",
    phone: "figure",
    cell: ({ roles, standing }) => <RoleList roles={roles} standing={standing} />,
  },
  {
    key: "status",
    header: "Status",
    phone: "state",
    cell: (member) => <MemberStatus member={member} />,
  },
  {
    key: "first",
    header: "First seen",
    sort: "firstSeenAt",
    isOptional: true,
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
    sort: "changedAt",
    isOptional: true,
    align: "end",
    cell: ({ changedAt }) => <RelativeTime at={changedAt} />,
  },
];

function scoresColumn(courseId: string): Column<MemberView> {
  return {
    key: "scores",
    header: "Scores",
    cell: ({ userId }) => (
      <TextLink
        prefetch={false}
        href={`/courses/${courseId}/grades?userId=${encodeURIComponent(userId)}`}
        aria-label={`Scores of ${userId}`}
      >
        Scores
      </TextLink>
    ),
  };
}

function restoreColumn(courseId: string, restoreMember: FormAction): Column<MemberView> {
  return {
    key: "restore",
    header: "Restore",
    phone: "figure",
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
        <StateBadge of={MEMBER_STATES} state="removed" />
        <span className="text-xs text-muted">
          <RelativeTime at={member.removedAt} />
        </span>
      </span>
    );
  return <StateBadge of={MEMBER_STATES} state={member.status} />;
}
