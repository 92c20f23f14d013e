import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import { Plus, X } from "lucide-react";
import { FieldErrors, FieldHint } from "#components/forms/fields/field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { Button } from "#components/ui/button.tsx";
import {
  RegistrationLimit,
  ROLE_OPTIONS,
  SEES_NAMES,
} from "#components/settings/operators/access-fields.tsx";

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
      <legend className="text-sm font-medium">Who comes in without an invitation</legend>
      <FieldHint id={field.descriptionId}>
        The first rule that a person meets says what they may do, at each sign-in anew. A claim is
        named as the provider names it, such as groups or realm_access.roles; email with
        @example.edu means everybody of that domain. Who is invited keeps what the invitation gave.
      </FieldHint>
      <ol className="space-y-3">
        {rules.map((rule, index) => (
          <Rule key={rule.key} {...props} rule={rule} index={index} />
        ))}
      </ol>
      <FieldErrors id={field.errorId} messages={field.errors} />
      <Button
        {...form.insert.getButtonProps({ name: field.name, defaultValue: NEW_RULE })}
        type="submit"
        id={rules.length === 0 ? field.id : undefined}
        size="sm"
      >
        <Plus aria-hidden /> Add a rule
      </Button>
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
  const name = `rule ${index + 1}`;
  return (
    <li>
      <fieldset className="space-y-3 rounded-md border p-3">
        <legend className="px-1 text-xs font-medium text-muted">Rule {index + 1}</legend>
        <div className="flex flex-wrap items-end gap-2">
          <TextField field={fields.claim} label="Claim" className="min-w-36 flex-1" />
          <TextField field={fields.value} label="Value" className="min-w-36 flex-1" />
          <Button
            {...form.remove.getButtonProps({ name: field.name, index })}
            type="submit"
            look="quiet"
            size="icon"
            aria-label={`Remove ${name}`}
            className="size-9"
          >
            <X aria-hidden />
          </Button>
        </div>
        <SelectField field={fields.role} label="Role" options={ROLE_OPTIONS} />
        <SwitchField field={fields.seesNames} {...SEES_NAMES} />
        <RegistrationLimit field={fields.registrationIds} registrations={props.registrations} />
      </fieldset>
    </li>
  );
}
