"use client";

import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import type { RegistrationKeys } from "#lib/operations/keys/imported-schema.ts";

const CHOICES = [
  {
    value: "own_key_set",
    label: "Rollbook’s own key set",
    hint: "the LMS reads it: Rollbook is the tool",
  },
  {
    value: "tool_key_set",
    label: "Rollbook’s key, in my tool’s key set",
    hint: "the tool adds our public keys to those it publishes; nothing secret moves",
  },
  {
    value: "imported_key",
    label: "My tool’s key, imported",
    hint: "its private key is kept here, sealed; the tool’s key set stays as it is",
  },
];

/** Who signs, and where the LMS looks for the public key. */
export function SigningChoice(props: {
  keys: RegistrationKeys;
  registrationId: string;
  choose: FormAction;
}) {
  const { signsWith, keySetUrl } = props.keys;
  const toolJwksUrl = signsWith === "own_key_set" ? "" : (keySetUrl ?? "");
  const { id, state, submit, fields } = usePlainForm(
    props.choose,
    "signing",
    ["signsWith", "toolJwksUrl"],
    { signsWith, toolJwksUrl },
  );
  return (
    <PlainForm id={id} state={state} submit={submit} className="group/signing space-y-4">
      <input type="hidden" name="registrationId" value={props.registrationId} />
      <ChoiceField field={fields.signsWith} type="radio" label="Signs with" choices={CHOICES} />
      <div className="group-has-[input[value=own_key_set]:checked]/signing:hidden">
        <TextField
          field={fields.toolJwksUrl}
          label="JWKS URL of your tool"
          hint="the one that is entered in the LMS; may be left out where the LMS was given an imported key itself"
          placeholder="https://tool.example.edu/keys"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          isOptional
        />
      </div>
      <SubmitButton look="secondary">Save</SubmitButton>
    </PlainForm>
  );
}
