"use client";

import { ListTable } from "#components/lists/list-table.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { formatCount, UNKNOWN } from "#lib/format.ts";
import type { DeliveryView } from "#lib/operations/webhooks/schema.ts";

const COLUMNS: Column<DeliveryView>[] = [
  { key: "type", header: "Change", isLead: true, cell: ({ type }) => type },
  { key: "event", header: "ID", cell: ({ eventId }) => eventId },
  {
    key: "state",
    phone: "state",
    header: "Answer",
    cell: ({ isDelivered, httpStatus }) => (
      <Badge>{`${isDelivered ? "Accepted" : "Not accepted"}${httpStatus ? ` ${httpStatus}` : ""}`}</Badge>
    ),
  },
  {
    key: "words",
    header: "In its words",
    cell: ({ problem, answer }) => (problem ?? answer) || UNKNOWN,
  },
  { key: "attempt", header: "Attempt", align: "end", cell: ({ attempt }) => attempt },
  {
    key: "took",
    header: "Milliseconds",
    align: "end",
    cell: ({ milliseconds }) => formatCount(milliseconds),
  },
  {
    key: "at",
    phone: "figure",
    header: "When",
    align: "end",
    cell: ({ at }) => <RelativeTime at={at} />,
  },
];

/** Each attempt of the last thirty days, the latest first. */
export function WebhookDeliveries({ webhookId }: { webhookId: string }) {
  const { data } = useRead(reads.webhookDeliveries({ webhookId }));
  if (!data) return null;
  return (
    <Card aria-labelledby="deliveries">
      <CardHeader
        id="deliveries"
        title="Deliveries"
        description={
          data.nextCursor === null
            ? undefined
            : `The latest ${data.items.length}; all of them over REST, or as a file at /api/v1/exports/webhooks/${webhookId}/deliveries.`
        }
      />
      {data.items.length > 0 ? (
        <ListTable
          caption="Deliveries"
          columns={COLUMNS}
          rows={data.items}
          rowKey={({ id }) => id}
        />
      ) : (
        <CardBody className="text-sm text-muted">Nothing was posted yet.</CardBody>
      )}
    </Card>
  );
}
