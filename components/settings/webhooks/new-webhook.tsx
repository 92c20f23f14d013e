"use client";

import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { RegistrationsField } from "../registrations-field.tsx";
import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { WebhookCreated, WebhookView } from "#lib/operations/webhooks/schema.ts";
import { ShownSecret } from "./shown-secret.tsx";

const HINTS: Record<WebhookView["types"][number], string> = {
  "member.added": "somebody is in a roster who was not",
  "member.changed": "name, roles or another field",
  "member.removed": "somebody left a course",
  "member.restored": "somebody is back",
  "score.sent": "the platform accepted it",
  "score.rejected": "the platform turned it down",
  "score.conflict": "somebody changed it on the platform",
  "course.discovered": "a first launch or report",
  "course.changed": "its title or addresses",
  "hold.opened": "removals wait for a decision",
  "hold.decided": "somebody decided",
  "run.finished": "how a sync ended",
  "person.erased": "a person’s data is to go from copies too",
  "alert.opened": "a cause begins to keep courses from being well",
  "alert.closed": "that cause is gone",
  "registration.health_changed": "it begins to fail, or is well again",
};
const TYPES = Object.entries(HINTS).map(([value, hint]) => ({ value, label: value, hint }));

/** Adds an endpoint and shows its secret, this once. */
export function NewWebhook(props: { registrations: Option[]; add: FormAction<WebhookCreated> }) {
  const { registrations } = props;
  const { id, state, submit, fields } = usePlainForm(props.add, "webhook", [
    "name",
    "url",
    "types",
    "registrationIds",
    "hasNames",
  ]);
  const created = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      {created && <ShownSecret of={created} />}
      <PlainForm id={id} state={state} submit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField field={fields.name} label="Name of a new endpoint" placeholder="Grade book" />
          <TextField
            field={fields.url}
            label="Address"
            placeholder="https://tool.example.edu/hooks/rollbook"
            inputMode="url"
            spellCheck={false}
            autoComplete="off"
          />
        </div>
        <Disclosure summary="Which changes, and of which registrations">
          <div className="space-y-4">
            <ChoiceField
              field={fields.types}
              type="checkbox"
              label="Changes"
              hint="none chosen: all"
              choices={TYPES}
            />
            <RegistrationsField field={fields.registrationIds} registrations={registrations} />
            <SwitchField
              field={fields.hasNames}
              label="Names and e-mail addresses"
              hint="members come with them; only who sees them may say so"
            />
          </div>
        </Disclosure>
        <SubmitButton look="secondary">Add the endpoint</SubmitButton>
      </PlainForm>
    </div>
  );
}
