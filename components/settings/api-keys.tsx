"use client";

import { KeyRound } from "lucide-react";
import { LoadError } from "#components/errors/load-error.tsx";
import { ActionButton } from "#components/forms/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { RelativeTime } from "#components/live/time.tsx";
import { useLiveResource } from "#components/live/use-live-resource.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Page } from "#lib/operations/fields.ts";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/schema.ts";
import { NewApiKey } from "./new-api-key.tsx";

/** Keys of integrations: made here, shown once, revoked here. */
export function ApiKeys(props: { create: FormAction<ApiKeyCreated>; revoke: FormAction }) {
  const read = useLiveResource<Page<ApiKeyView>>("/api/v1/api-keys");
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
      {read.error && (
        <CardBody>
          <LoadError
            error={read.error}
            retry={() => void read.refetch()}
            hasData={read.data !== undefined}
          />
        </CardBody>
      )}
      {!read.data && !read.error && <SkeletonRows rows={2} />}
      {read.data?.items.length === 0 && (
        <p className="flex items-center gap-2 px-4 py-3 text-sm text-muted">
          <KeyRound aria-hidden className="size-4" /> No keys yet.
        </p>
      )}
      {read.data && read.data.items.length > 0 && (
        <DataTable
          caption="API keys"
          columns={columnsWith(props.revoke)}
          rows={read.data.items}
          rowKey={(key) => key.id}
        />
      )}
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
      cell: ({ id, name, revokedAt }) =>
        revokedAt ? (
          <Badge>Revoked</Badge>
        ) : (
          <ActionButton
            action={revoke}
            values={{ apiKeyId: id }}
            size="sm"
            label={`Revoke API key ${name}`}
          >
            Revoke
          </ActionButton>
        ),
    },
  ];
}
