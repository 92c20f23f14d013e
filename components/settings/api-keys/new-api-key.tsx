"use client";

import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import { RegistrationLimit } from "../operators/access-fields.tsx";
import { CreatedKey } from "./created-key.tsx";

const SCOPES = [
  { value: "read", label: "read", hint: "Everything but people’s names" },
  { value: "read:names", label: "read:names", hint: "Names, e-mail addresses and pictures too" },
  { value: "scores:write", label: "scores:write", hint: "Line items and scores" },
  {
    value: "runs:write",
    label: "runs:write",
    hint: "Syncs, held removals, schedules, pauses, tokens",
  },
  {
    value: "registrations:write",
    label: "registrations:write",
    hint: "Registrations, courses, invitations",
  },
  {
    value: "admin",
    label: "admin",
    hint: "All of these but names, and people, API keys and signing keys",
  },
];

const EXPIRES = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
  { value: "never", label: "Never" },
];

/** Makes a key and shows it, this once. */
export function NewApiKey(props: { create: FormAction<ApiKeyCreated>; registrations: Option[] }) {
  const { id, fields, state, submit } = usePlainForm(
    props.create,
    "api-key",
    ["name", "scopes", "registrationIds", "expires"],
    { scopes: ["read"], expires: "90" },
  );
  const created = state.status === "done" ? state.result : undefined;
  return (
    <div className="space-y-4">
      <PlainForm id={id} state={state} submit={submit} className="space-y-3">
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            field={fields.name}
            label="Name of a new key"
            placeholder="Nightly score upload"
            autoComplete="off"
            maxLength={100}
            className="min-w-52 flex-1"
          />
          <SelectField field={fields.expires} label="Expires" options={EXPIRES} />
          <SubmitButton look="secondary" className="h-9">
            Create key
          </SubmitButton>
        </div>
        <Disclosure
          summary="What it may do: read, unless you choose more"
          isOpen={state.status === "error"}
        >
          <ChoiceField field={fields.scopes} label="Scopes" type="checkbox" choices={SCOPES} />
        </Disclosure>
        <RegistrationLimit field={fields.registrationIds} registrations={props.registrations} />
      </PlainForm>
      {created && <CreatedKey created={created} />}
    </div>
  );
}
