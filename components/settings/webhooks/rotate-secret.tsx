"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { SelectField } from "#components/forms/fields/select-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { WebhookCreated, WebhookView } from "#lib/operations/webhooks/schema.ts";
import { ShownSecret } from "./shown-secret.tsx";

const OVERLAPS = [
  { value: "0", label: "It ends at once" },
  { value: "24", label: "For a day" },
  { value: "168", label: "For a week" },
];

/** Makes a new secret and shows it, this once; for a while both sign. */
export function RotateSecret(props: { webhook: WebhookView; rotate: FormAction<WebhookCreated> }) {
  const { id, state, submit, fields } = usePlainForm(props.rotate, "rotate", ["overlapHours"], {
    overlapHours: "24",
  });
  const created = state.status === "done" ? state.result : undefined;
  return (
    <Disclosure summary="Rotate the secret" isOpen={created !== undefined}>
      <div className="space-y-4">
        {created && <ShownSecret of={created} />}
        <PlainForm id={id} state={state} submit={submit} className="space-y-4">
          <input type="hidden" name="webhookId" value={props.webhook.id} />
          <SelectField
            field={fields.overlapHours}
            label="The present secret goes on"
            options={OVERLAPS}
          />
          <SubmitButton look="secondary">Make a new secret</SubmitButton>
        </PlainForm>
      </div>
    </Disclosure>
  );
}
