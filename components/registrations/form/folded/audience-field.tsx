import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import { ListField } from "#components/forms/fields/list-field.tsx";
import type { RegistrationInput } from "#lib/operations/registrations/schema.ts";

const CHOICES: { value: RegistrationInput["audience"]; label: string; hint: string }[] = [
  {
    value: "token_endpoint",
    label: "Token endpoint",
    hint: "what most platforms expect: Canvas, Moodle, Blackboard, Schoology",
  },
  { value: "issuer", label: "Issuer", hint: "what newer authorization servers ask for" },
  { value: "custom", label: "Other", hint: "a value that the platform names, or several" },
];

/** What the client assertion's `aud` says. The own values show only where they are chosen. */
export function AudienceField(props: {
  form: FormMetadata;
  audience: FieldMetadata<unknown>;
  values: FieldMetadata<string[]>;
  why?: string;
}) {
  return (
    <div className="group/audience space-y-3">
      <ChoiceField
        field={props.audience}
        type="radio"
        label="Audience of the client assertion"
        hint={
          props.why ??
          "Whom our signed request for a token is addressed to. A wrong one is refused as invalid_client; the connection test can find the right one."
        }
        choices={CHOICES}
      />
      <div className="hidden group-has-[input[value=custom]:checked]/audience:block">
        <ListField
          form={props.form}
          field={props.values}
          label="Audience values"
          entry="audience"
          addLabel="Add an audience"
          hint="Several are sent as a list; some platforms accept only one."
        />
      </div>
    </div>
  );
}
