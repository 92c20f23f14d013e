"use client";

import { ActionButton } from "#components/forms/acts/action-button.tsx";
import { ConfirmAct } from "#components/forms/acts/confirm-act.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { ClockTime, RelativeTime } from "#components/live/time/time.tsx";
import { useRead } from "#components/live/use-read.ts";
import { StateBadge } from "#components/states/state-badge.tsx";
import { WEBHOOK_STATES } from "#components/states/tables/delivery.ts";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { CopyValue } from "#components/ui/buttons/copy-value.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { WebhookCreated, WebhookView } from "#lib/operations/webhooks/schema.ts";
import { EditWebhook } from "./edit-webhook.tsx";
import { RotateSecret } from "./rotate-secret.tsx";

type Acts = {
  save: FormAction<WebhookView>;
  rotate: FormAction<WebhookCreated>;
  enable: FormAction;
  disable: FormAction;
  test: FormAction;
  replay: FormAction;
  remove: FormAction;
};

/** One endpoint: how delivery goes, and what can be done about it. */
export function WebhookCard(props: Acts & { webhookId: string; registrations: Option[] }) {
  const { data: webhook } = useRead(reads.webhook({ webhookId: props.webhookId }));
  if (!webhook) return null;
  const values = { webhookId: webhook.id };
  return (
    <Card aria-labelledby="webhook">
      <CardHeader
        id="webhook"
        title="Delivery"
        actions={<StateBadge of={WEBHOOK_STATES} state={webhook.state} />}
      />
      <CardBody className="space-y-4">
        <Trouble webhook={webhook} />
        <Facts webhook={webhook} registrations={props.registrations} />
        <div className="flex flex-wrap gap-2 border-t pt-4">
          <ActionButton action={props.test} values={values}>
            Send a test
          </ActionButton>
          {webhook.state === "disabled" ? (
            <ActionButton action={props.enable} values={values} look="primary">
              Enable again
            </ActionButton>
          ) : (
            <ActionButton action={props.disable} values={values}>
              Disable
            </ActionButton>
          )}
          <ConfirmAct
            action={props.replay}
            values={{ ...values, hours: "24" }}
            word="Post the last day again"
            title="Post everything of the last day once more?"
            act="Post it again"
            tone="go"
          >
            <p>
              The receiver gets each change of the last 24 hours again, under the same webhook-id;
              what it has accepted before it can tell by that.
            </p>
          </ConfirmAct>
          <ConfirmAct
            action={props.remove}
            values={values}
            look="quiet"
            word="Delete"
            title={`Delete the endpoint ${webhook.name}?`}
            act="Delete the endpoint"
            typedName={webhook.name}
          >
            <p>
              Nothing more is posted to {webhook.url}. Its secret and the log of its deliveries go;
              the feed stays.
            </p>
          </ConfirmAct>
        </div>
        <EditWebhook webhook={webhook} registrations={props.registrations} save={props.save} />
        <RotateSecret webhook={webhook} rotate={props.rotate} />
      </CardBody>
    </Card>
  );
}

const REASONS = {
  operator: "Somebody disabled it.",
  gone: "Its receiver answered 410: it wants nothing more.",
  failing: "Its receiver accepted nothing for a day.",
};

function Trouble({ webhook }: { webhook: WebhookView }) {
  const { state, disabledReason, attempts, failingSince, nextAttemptAt, waiting, skipped } =
    webhook;
  return (
    <>
      {skipped && (
        <Banner tone="bad" title="Events were skipped">
          <p>
            {plural(skipped.events, "change")} could not be posted: the endpoint was off for longer
            than the feed is kept. Let the application read the members of its courses anew, then go
            on from here.
          </p>
        </Banner>
      )}
      {state === "disabled" && (
        <Banner tone="bad" title="Disabled">
          <p>
            {disabledReason && REASONS[disabledReason]} {plural(waiting, "change")} since; changes
            are kept for 30 days.
          </p>
        </Banner>
      )}
      {state === "failing" && (
        <Banner tone="warn" title="Not accepted">
          <p>
            {plural(attempts, "attempt")}, the first <RelativeTime at={failingSince} />; again at{" "}
            {nextAttemptAt && <ClockTime at={nextAttemptAt} />}. What comes after waits.
          </p>
        </Banner>
      )}
    </>
  );
}

function Facts({ webhook, registrations }: { webhook: WebhookView; registrations: Option[] }) {
  const { url, types, registrationIds, hasNames, waiting, formerSecretUntil } = webhook;
  const names = registrations.filter(({ value }) => registrationIds.includes(value));
  const facts = [
    { label: "Changes", value: types.length === 0 ? "all" : types.join(", ") },
    {
      label: "Registrations",
      value: registrationIds.length === 0 ? "all" : names.map(({ label }) => label).join(", "),
    },
    { label: "Names and e-mail addresses", value: hasNames ? "sent" : "left out" },
    { label: "Waiting", value: formatCount(waiting) },
  ];
  return (
    <dl className="grid gap-4 text-sm sm:grid-cols-2">
      <div className="min-w-0 sm:col-span-2">
        <dt className="text-xs text-muted">Address</dt>
        <dd>
          <CopyValue value={url} label="address" />
        </dd>
      </div>
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-muted">{label}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
      {formerSecretUntil && (
        <div>
          <dt className="text-xs text-muted">The former secret signs until</dt>
          <dd>
            <ClockTime at={formerSecretUntil} />
          </dd>
        </div>
      )}
    </dl>
  );
}
