"use client";

import { KeyRound } from "lucide-react";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { SkeletonRows } from "#components/ui/boxes/skeleton.tsx";
import type { ApiKeyCreated, ApiKeyView } from "#lib/operations/operators/api-key-schema.ts";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { LimitWords } from "../operators/limit-words.tsx";
import { NewApiKey } from "./new-api-key.tsx";
import { RotateApiKey } from "./rotate-api-key.tsx";

type Props = {
  create: FormAction<ApiKeyCreated>;
  rotate: FormAction<ApiKeyCreated>;
  revoke: FormAction;
  /** To which a key can be limited. */
  registrations: Option[];
};

/** Keys of integrations: made here, shown once, rotated and revoked here. */
export function ApiKeys(props: Props) {
  const read = useRead(reads.apiKeys({}));
  return (
    <Card aria-labelledby="api-keys">
      <CardHeader
        id="api-keys"
        title="API keys"
        description="For integrations. A key may do what its scopes say, until it expires; the keys that it made are revoked with it."
      />
      <CardBody className="border-b">
        <NewApiKey create={props.create} registrations={props.registrations} />
      </CardBody>
      <ReadState of={read} errorClassName="p-3" waiting={<SkeletonRows rows={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="flex items-center gap-2 px-4 py-3 text-sm text-muted">
              <KeyRound aria-hidden className="size-4" /> No keys yet.
            </p>
          ) : (
            <ListTable
              caption="API keys"
              columns={columnsWith(props)}
              rows={items}
              rowKey={(key) => key.id}
            />
          )
        }
      </ReadState>
    </Card>
  );
}

function columnsWith({ rotate, revoke, registrations }: Props): Column<ApiKeyView>[] {
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
      key: "scopes",
      phone: "figure",
      header: "May",
      cell: ({ scopes, registrationIds }) => (
        <>
          <span className="font-mono text-xs">{scopes.join(" ")}</span>
          <LimitWords registrationIds={registrationIds} registrations={registrations} />
        </>
      ),
    },
    {
      key: "created",
      header: "Created",
      cell: ({ createdAt, createdBy }) => (
        <>
          <RelativeTime at={createdAt} />
          <span className="block text-xs text-muted">by {createdBy}</span>
        </>
      ),
    },
    {
      key: "used",
      header: "Last used",
      cell: ({ lastUsedAt, lastUsedAddress }) => (
        <>
          <RelativeTime at={lastUsedAt} unknown="Never" />
          {lastUsedAddress && (
            <span className="block text-xs text-muted">from {lastUsedAddress}</span>
          )}
        </>
      ),
    },
    {
      key: "expires",
      phone: "figure",
      header: "Expires",
      cell: ({ expiresAt }) => <RelativeTime at={expiresAt} unknown="Never" />,
    },
    {
      key: "act",
      className: "[--cut:none]",
      phone: "figure",
      header: "Rotate or revoke",
      isHeaderHidden: true,
      align: "end",
      cell: (key) =>
        key.revokedAt ? (
          <Badge>Revoked</Badge>
        ) : (
          <div className="flex justify-end gap-2">
            <RotateApiKey apiKey={key} rotate={rotate} />
            <ConfirmAct
              action={revoke}
              values={{ apiKeyId: key.id }}
              size="sm"
              word="Revoke"
              label={`Revoke API key ${key.name}`}
              title={`Revoke the API key ${key.name}?`}
              act="Revoke the key"
              typedName={key.name}
            >
              <p>
                From the next request on it opens nothing, nor do the keys that it made, and it
                cannot be given back: what uses it needs a new one.
              </p>
              <p>
                Last used: <RelativeTime at={key.lastUsedAt} unknown="never" />. What it did stays
                in the audit log.
              </p>
            </ConfirmAct>
          </div>
        ),
    },
  ];
}
