"use client";

import { useEffect, useState } from "react";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { VersionField } from "#components/forms/drafts/version-conflict.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { WebhookView } from "#lib/operations/webhooks/schema.ts";
import { WEBHOOK_FIELDS, WebhookFields } from "./webhook-fields.tsx";

const LABELS = {
  name: "Name",
  url: "Address",
  types: "Changes",
  registrationIds: "Registrations",
  hasNames: "Names and e-mail addresses",
};

type Editing = {
  webhook: WebhookView;
  registrations: Option[];
  save: FormAction<WebhookView>;
};

/**
 * Changes what an endpoint gets, and where. It stays with what it was filled from: what others save
 * meanwhile must not slip in unseen.
 */
export function EditWebhook(props: Editing) {
  const [seen, setSeen] = useState(props.webhook);
  return (
    <Disclosure summary="Edit">
      <SavedWebhook key={seen.version} {...props} webhook={seen} onSaved={setSeen} />
    </Disclosure>
  );
}

function SavedWebhook(props: Editing & { onSaved: (webhook: WebhookView) => void }) {
  const { webhook, onSaved } = props;
  const { id, state, submit, fields } = usePlainForm(props.save, "edit-webhook", WEBHOOK_FIELDS, {
    ...webhook,
    hasNames: webhook.hasNames ? "on" : null,
  });
  const { result } = state;
  useEffect(() => {
    if (result) onSaved(result);
  }, [result, onSaved]);
  return (
    <PlainForm id={id} state={state} submit={submit} className="space-y-4 pt-2">
      <input type="hidden" name="webhookId" value={webhook.id} />
      <VersionField version={webhook.version} state={state} labels={LABELS} read={asStored} />
      <WebhookFields fields={fields} registrations={props.registrations} nameLabel="Name" />
      <SubmitButton look="secondary">Save the endpoint</SubmitButton>
    </PlainForm>
  );
}

/** What was chosen, as it is stored. */
function asStored({ hasNames, types, registrationIds, ...typed }: Record<string, unknown>) {
  return {
    ...typed,
    types: types ?? [],
    registrationIds: registrationIds ?? [],
    hasNames: hasNames === "on",
  };
}
