"use client";

import type { ReactNode } from "react";
import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead, type Reading } from "#components/live/use-read.ts";
import { reads } from "#components/live/reads.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { SessionView } from "#lib/operations/sessions/schema.ts";
import { browserWords } from "./session-words.ts";

/** One's own sessions, each to be ended, and all but this one at once. */
export function OwnSessions({ end, endOthers }: { end: FormAction; endOthers: FormAction }) {
  const read = useRead(reads.ownSessions({}));
  return (
    <SessionCard
      id="own-sessions"
      title="Your sessions"
      description="The browsers in which you are signed in. Changing your password ends the others."
      read={read}
      columns={[...COLUMNS, endColumn(end)]}
      actions={
        <ActionButton
          action={endOthers}
          values={{}}
          size="sm"
          look="secondary"
          blocked={read.data?.items.length === 1 ? "You have no other session" : null}
        >
          End the others
        </ActionButton>
      }
    />
  );
}

/** Everybody's, for an admin. */
export function AllSessions({ end }: { end: FormAction }) {
  const read = useRead(reads.sessions({}));
  return (
    <SessionCard
      id="all-sessions"
      title="Everybody's sessions"
      description="Who is signed in, the ones seen last first."
      read={read}
      columns={[WHO, ...COLUMNS.map((column) => ({ ...column, isLead: false })), endColumn(end)]}
    />
  );
}

function SessionCard(props: {
  id: string;
  title: string;
  description: string;
  read: Reading<{ items: SessionView[] }>;
  columns: Column<SessionView>[];
  actions?: ReactNode;
}) {
  const { id, title, description, read, columns, actions } = props;
  return (
    <Card aria-labelledby={id}>
      <CardHeader id={id} title={title} description={description} actions={actions} />
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) => (
          <ListTable caption={title} columns={columns} rows={items} rowKey={(each) => each.id} />
        )}
      </ReadState>
    </Card>
  );
}

const WHO: Column<SessionView> = {
  key: "who",
  header: "Name",
  isLead: true,
  cell: ({ operator }) => (
    <>
      <span className="font-medium">{operator.name}</span>
      <span className="block text-xs text-muted">{operator.email}</span>
    </>
  ),
};

const COLUMNS: Column<SessionView>[] = [
  {
    key: "browser",
    header: "Browser",
    isLead: true,
    cell: ({ browser, isOwn }) => (
      <span className="inline-flex items-center gap-2">
        <span title={browser ?? undefined}>{browserWords(browser)}</span>
        {isOwn && <Badge>This one</Badge>}
      </span>
    ),
  },
  {
    key: "from",
    phone: "figure",
    header: "Signed in from",
    cell: ({ address }) => <span className="font-mono text-xs">{address ?? "Not known"}</span>,
  },
  {
    key: "signed-in",
    header: "Signed in",
    cell: ({ signedInAt }) => <RelativeTime at={signedInAt} />,
  },
  {
    key: "seen",
    phone: "figure",
    header: "Last used",
    cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} />,
  },
];

function endColumn(end: FormAction): Column<SessionView> {
  return {
    key: "end",
    phone: "state",
    header: "End",
    isHeaderHidden: true,
    align: "end",
    cell: ({ id, isOwn, operator, browser }) =>
      !isOwn && (
        <ActionButton
          action={end}
          values={{ sessionId: id }}
          size="sm"
          look="secondary"
          label={`End the session of ${operator.name} in ${browserWords(browser)}`}
        >
          End
        </ActionButton>
      ),
  };
}
