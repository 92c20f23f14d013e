import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";

export const ROLE_OPTIONS = [
  { value: "viewer", label: "Viewer: reads" },
  { value: "operator", label: "Operator: runs syncs, keeps courses and registrations" },
  { value: "admin", label: "Admin: everything, and people and keys" },
];

export const SEES_NAMES = {
  label: "Sees names",
  hint: "Names, e-mail addresses and pictures of people in rosters. Without it people are shown by their user ID.",
};

/** What an operator may do. */
export function AccessFields(props: {
  fields: { role: FormField; seesNames: FormField; registrationIds: FormField };
  registrations: Option[];
}) {
  return (
    <>
      <SelectField field={props.fields.role} label="Role" options={ROLE_OPTIONS} />
      <SwitchField field={props.fields.seesNames} {...SEES_NAMES} />
      <RegistrationLimit field={props.fields.registrationIds} registrations={props.registrations} />
    </>
  );
}

/** To which registrations somebody is limited; nothing is chosen: to none. */
export function RegistrationLimit(props: { field: FormField; registrations: Option[] }) {
  if (props.registrations.length === 0) return null;
  return (
    <Disclosure summary="Limit to registrations">
      <ChoiceField
        field={props.field}
        label="Registrations"
        type="checkbox"
        hint="Choose none for all of them, also those to come. An admin cannot be limited."
        choices={props.registrations}
      />
    </Disclosure>
  );
}
