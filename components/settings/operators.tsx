"use client";

import { ConfirmAct } from "#components/forms/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardHeader } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { OperatorView } from "#lib/operations/operators/schema.ts";
import { NewOperator } from "./new-operator.tsx";

/** The people who can sign in; all of them may do the same. */
export function Operators(props: { ownId: string; add: FormAction; remove: FormAction }) {
  const read = useRead(reads.operators({}));
  return (
    <Card aria-labelledby="operators">
      <CardHeader
        id="operators"
        title="Operators"
        description="The people who can sign in. All of them may do everything."
        actions={<NewOperator add={props.add} />}
      />
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) => (
          <DataTable
            caption="Operators"
            columns={columnsWith(props.remove, props.ownId)}
            rows={items}
            rowKey={(operator) => operator.id}
          />
        )}
      </ReadState>
    </Card>
  );
}

function columnsWith(remove: FormAction, ownId: string): Column<OperatorView>[] {
  return [
    {
      key: "name",
      header: "Name",
      isLead: true,
      cell: ({ id, name, email }) => (
        <>
          <span className="flex items-center gap-2 font-medium">
            {name} {id === ownId && <Badge>You</Badge>}
          </span>
          <span className="block text-xs text-muted">{email}</span>
        </>
      ),
    },
    { key: "added", header: "Added", cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
    {
      key: "seen",
      header: "Last signed in",
      cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} unknown="No session" />,
    },
    {
      key: "act",
      header: "Remove",
      isHeaderHidden: true,
      align: "end",
      cell: ({ id, name, email }) =>
        id !== ownId && (
          <ConfirmAct
            action={remove}
            values={{ operatorId: id }}
            size="sm"
            word="Remove"
            label={`Remove ${name}`}
            title={`Remove ${name}?`}
            act="Remove the operator"
          >
            <p>
              {name} ({email}) is signed out everywhere at once and cannot sign in any more.
            </p>
            <p>What this person did stays in the audit log; schedules and runs go on.</p>
          </ConfirmAct>
        ),
    },
  ];
}
