import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { FieldErrors, FieldHint } from "#components/forms/fields/field.tsx";
import { AddEntry, RemoveEntry } from "#components/forms/fields/list-buttons.tsx";
import type { Option } from "#components/forms/fields/select-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { AccessFields } from "#components/settings/operators/access-fields.tsx";

export type RuleValues = {
  claim: string;
  value: string;
  role: string;
  seesNames: boolean;
  registrationIds: string[];
};

const NEW_RULE = { claim: "groups", value: "", role: "viewer" };

/** Whom the provider's claims let in. Adding and removing are submissions. */
export function RuleList(props: {
  form: FormMetadata;
  field: FieldMetadata<RuleValues[]>;
  registrations: Option[];
}) {
  const { form, field } = props;
  const rules = field.getFieldList();
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">Who may sign in without an invitation</legend>
      <FieldHint id={field.descriptionId}>
        The first rule that matches a person decides what they may do, at each sign-in. Give a claim
        the name it has at the provider, such as groups or realm_access.roles; email with
        @example.edu matches everybody of that domain. Who was invited keeps what the invitation
        gave.
      </FieldHint>
      <ol className="space-y-3">
        {rules.map((rule, index) => (
          <Rule key={rule.key} {...props} rule={rule} index={index} />
        ))}
      </ol>
      <FieldErrors id={field.errorId} messages={field.errors} />
      <AddEntry form={form} field={field} entry={NEW_RULE} word="Add a rule" />
    </fieldset>
  );
}

function Rule(props: {
  form: FormMetadata;
  field: FieldMetadata<RuleValues[]>;
  rule: FieldMetadata<RuleValues>;
  index: number;
  registrations: Option[];
}) {
  const { form, field, rule, index } = props;
  const fields = rule.getFieldset();
  return (
    <li>
      <fieldset className="space-y-3 rounded-md border p-3">
        <legend className="px-1 text-xs font-medium text-muted">Rule {index + 1}</legend>
        <div className="flex flex-wrap items-end gap-2">
          <TextField field={fields.claim} label="Claim" className="min-w-36 flex-1" />
          <TextField field={fields.value} label="Value" className="min-w-36 flex-1" />
          <RemoveEntry form={form} field={field} index={index} name={`rule ${index + 1}`} />
        </div>
        <AccessFields fields={fields} registrations={props.registrations} />
      </fieldset>
    </li>
  );
}
