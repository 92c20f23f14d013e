"use client";

import type { FormAction } from "#components/forms/form-state.ts";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import { WEBHOOK_STATES } from "#components/states/tables/delivery.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatCount } from "#lib/format.ts";
import type { WebhookCreated, WebhookView } from "#lib/operations/webhooks/schema.ts";
import { NewWebhook } from "./new-webhook.tsx";

const COLUMNS: Column<WebhookView>[] = [
  {
    key: "name",
    header: "Endpoint",
    isLead: true,
    cell: ({ id, name }) => <TextLink href={`/settings/webhooks/${id}`}>{name}</TextLink>,
  },
  { key: "url", header: "Address", cell: ({ url }) => url },
  {
    key: "state",
    phone: "state",
    header: "State",
    cell: ({ state }) => <StateBadge of={WEBHOOK_STATES} state={state} />,
  },
  {
    key: "types",
    header: "Changes",
    cell: ({ types }) => (types.length === 0 ? "all" : types.join(", ")),
  },
  {
    key: "waiting",
    phone: "figure",
    header: "Waiting",
    align: "end",
    cell: ({ waiting }) => formatCount(waiting),
  },
];

/** The endpoints that changes are posted to. */
export function Webhooks(props: { registrations: Option[]; add: FormAction<WebhookCreated> }) {
  const { data } = useRead(reads.webhooks({}));
  if (!data) return null;
  return (
    <Card aria-labelledby="webhooks">
      <CardHeader
        id="webhooks"
        title="Webhooks"
        description="Changes are posted to your applications in order, signed by Standard Webhooks, until they are accepted."
      />
      {data.items.length > 0 && (
        <ListTable caption="Webhooks" columns={COLUMNS} rows={data.items} rowKey={({ id }) => id} />
      )}
      <CardBody className={data.items.length > 0 ? "border-t" : undefined}>
        <NewWebhook {...props} />
      </CardBody>
    </Card>
  );
}
