"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ListTable } from "#components/lists/list-table.tsx";
import { reads } from "#components/live/reads.ts";
import { RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { Badge } from "#components/ui/text/badge.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { plural } from "#lib/format.ts";
import type { AlertView } from "#lib/operations/alerts/schema.ts";
import { AlertRules, type RuleActs } from "./alert-rules.tsx";
import { MailServerCard } from "./mail-server-card.tsx";
import { SentMessages } from "./sent-messages.tsx";

/** What is wrong now, who is told, and what was sent. */
export function AlertBoard(
  props: RuleActs & {
    registrations: { value: string; label: string }[];
    acknowledge: FormAction;
    saveServer: FormAction;
  },
) {
  const { data } = useRead(reads.alerts({}));
  if (!data) return null;
  const { open, closed, rules, messages, mailServer } = data;
  return (
    <>
      <Card aria-labelledby="open-alerts">
        <CardHeader
          id="open-alerts"
          title="Open alerts"
          description="One for each cause, however many courses it meets; it closes by itself when the cause is gone."
        />
        {open.length > 0 ? (
          <ListTable
            caption="Open alerts"
            columns={columnsWith(props.acknowledge)}
            rows={open}
            rowKey={({ id }) => id}
          />
        ) : (
          <p className="px-4 py-3 text-sm text-muted">All is well.</p>
        )}
      </Card>
      <AlertRules {...props} rules={rules} hasServer={mailServer !== null} />
      <MailServerCard server={mailServer} save={props.saveServer} />
      <SentMessages messages={messages} />
      {closed.length > 0 && (
        <Card aria-labelledby="closed-alerts">
          <CardHeader id="closed-alerts" title="Well again" />
          <ListTable
            caption="Alerts that are over"
            columns={[LEAD, SINCE, CLOSED]}
            rows={closed}
            rowKey={({ id }) => id}
          />
        </Card>
      )}
    </>
  );
}

const LEAD: Column<AlertView> = {
  key: "title",
  header: "Cause",
  isLead: true,
  cell: ({ title, registrationName, path }) => (
    <TextLink href={path}>
      {title}
      {registrationName && `: ${registrationName}`}
    </TextLink>
  ),
};

const SINCE: Column<AlertView> = {
  key: "since",
  header: "Since",
  cell: ({ openedAt }) => <RelativeTime at={openedAt} />,
};

const CLOSED: Column<AlertView> = {
  key: "closed",
  phone: "figure",
  header: "Well again",
  align: "end",
  cell: ({ closedAt }) => <RelativeTime at={closedAt} />,
};

function columnsWith(acknowledge: FormAction): Column<AlertView>[] {
  return [
    LEAD,
    {
      key: "meets",
      phone: "figure",
      header: "Meets",
      cell: ({ courses, count }) =>
        courses > 0 ? plural(courses, "course") : plural(count, "thing"),
    },
    SINCE,
    {
      key: "sent",
      header: "Last sent",
      cell: ({ lastSentAt }) => <RelativeTime at={lastSentAt} unknown="not sent" />,
    },
    {
      key: "act",
      className: "[--cut:none]",
      phone: "state",
      header: "Looked after",
      align: "end",
      cell: ({ id, title, acknowledgedBy }) =>
        acknowledgedBy ? (
          <Badge>by {acknowledgedBy}</Badge>
        ) : (
          <ActionButton
            action={acknowledge}
            values={{ alertId: id }}
            size="sm"
            label={`Acknowledge ${title}`}
          >
            Acknowledge
          </ActionButton>
        ),
    },
  ];
}
