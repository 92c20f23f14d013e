"use client";

import { KeyRound } from "lucide-react";
import { ConfirmAct } from "#components/forms/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/schema.ts";
import { NewApiKey } from "./new-api-key.tsx";

/** Keys of integrations: made here, shown once, revoked here. */
export function ApiKeys(props: { create: FormAction<ApiKeyCreated>; revoke: FormAction }) {
  const read = useRead(reads.apiKeys({}));
  return (
    <Card aria-labelledby="api-keys">
      <CardHeader
        id="api-keys"
        title="API keys"
        description="For integrations. A key may do all that an operator may."
      />
      <CardBody className="border-b">
        <NewApiKey create={props.create} />
      </CardBody>
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="flex items-center gap-2 px-4 py-3 text-sm text-muted">
              <KeyRound aria-hidden className="size-4" /> No keys yet.
            </p>
          ) : (
            <DataTable
              caption="API keys"
              columns={columnsWith(props.revoke)}
              rows={items}
              rowKey={(key) => key.id}
            />
          )
        }
      </ReadState>
    </Card>
  );
}

function columnsWith(revoke: FormAction): Column<ApiKeyView>[] {
  return [
    {
      key: "name",
      header: "Name",
      isLead: true,
      cell: ({ name, prefix }) => (
        <>
          <span className="font-medium">{name}</span>
          <code className="block font-mono text-xs text-muted">{prefix}…</code>
        </>
      ),
    },
    {
      key: "created",
      header: "Created",
      cell: ({ createdAt, createdBy }) => (
        <>
          <RelativeTime at={createdAt} />
          <div className="text-xs text-muted">by {createdBy}</div>
        </>
      ),
    },
    {
      key: "used",
      header: "Last used",
      cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} unknown="Never" />,
    },
    {
      key: "act",
      header: "Revoke",
      isHeaderHidden: true,
      align: "end",
      cell: ({ id, name, revokedAt, lastUsedAt }) =>
        revokedAt ? (
          <Badge>Revoked</Badge>
        ) : (
          <ConfirmAct
            action={revoke}
            values={{ apiKeyId: id }}
            size="sm"
            word="Revoke"
            label={`Revoke API key ${name}`}
            title={`Revoke the API key ${name}?`}
            act="Revoke the key"
          >
            <p>
              From the next request on it opens nothing, and it cannot be given back: what uses it
              needs a new one.
            </p>
            <p>
              Last used: <RelativeTime at={lastUsedAt} unknown="never" />. What it did stays in the
              audit log.
            </p>
          </ConfirmAct>
        ),
    },
  ];
}
