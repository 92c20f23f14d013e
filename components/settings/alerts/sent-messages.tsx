import { ListTable } from "#components/lists/list-table.tsx";
import { RelativeTime } from "#components/live/time/time.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { ALERT_MESSAGE_STATES } from "#components/states/tables/delivery.ts";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import type { AlertMessageView } from "#lib/operations/alerts/schema.ts";

const COLUMNS: Column<AlertMessageView>[] = [
  { key: "subject", header: "Subject", isLead: true, cell: ({ subject }) => subject },
  { key: "to", header: "To", cell: ({ addresses }) => addresses.join(", ") },
  {
    key: "state",
    phone: "state",
    header: "State",
    cell: ({ state }) => <StateBadge of={ALERT_MESSAGE_STATES} state={state} />,
  },
  {
    key: "problem",
    header: "What the server said",
    cell: ({ problem, attempts }) => (problem ? `${problem} (attempt ${attempts})` : null),
  },
  {
    key: "at",
    phone: "figure",
    header: "When",
    align: "end",
    cell: ({ sentAt, nextAt, createdAt }) => <RelativeTime at={sentAt ?? nextAt ?? createdAt} />,
  },
];

/** Each message with what came of it. */
export function SentMessages({ messages }: { messages: AlertMessageView[] }) {
  return (
    <Card aria-labelledby="sent-messages">
      <CardHeader
        id="sent-messages"
        title="What was sent"
        description="What the mail server does not take is tried again for a day."
      />
      {messages.length > 0 ? (
        <ListTable caption="Messages" columns={COLUMNS} rows={messages} rowKey={({ id }) => id} />
      ) : (
        <p className="px-4 py-3 text-sm text-muted">Nothing yet.</p>
      )}
    </Card>
  );
}
