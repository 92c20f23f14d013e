"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import type { WebhookCreated } from "#lib/operations/webhooks/schema.ts";
import { WEBHOOK_FIELDS, WebhookFields } from "./webhook-fields.tsx";
import { ShownSecret } from "./shown-secret.tsx";

/** Adds an endpoint and shows its secret, this once. */
export function NewWebhook(props: { registrations: Option[]; add: FormAction<WebhookCreated> }) {
  const { registrations } = props;
  const { id, state, submit, fields } = usePlainForm(props.add, "webhook", WEBHOOK_FIELDS);
  const created = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      {created && <ShownSecret of={created} />}
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <WebhookFields
          fields={fields}
          registrations={registrations}
          nameLabel="Name of a new endpoint"
        />
        <SubmitButton look="secondary">Add the endpoint</SubmitButton>
      </PlainForm>
    </div>
  );
}
