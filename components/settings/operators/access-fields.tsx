import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { SwitchField } from "#components/forms/fields/switch-field.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";

const ROLE_OPTIONS = [
  { value: "viewer", label: "Viewer: reads" },
  { value: "operator", label: "Operator: runs syncs, keeps courses and registrations" },
  { value: "admin", label: "Admin: everything, and people and keys" },
];

/** What the forms of an operator have in common. */
export const ACCESS_FIELDS = ["role", "seesNames", "registrationIds"] as const;

type RoleProps = { fields: { role: FormField; seesNames: FormField } };

/** What an operator may do. */
export function AccessFields(props: {
  fields: RoleProps["fields"] & { registrationIds: FormField };
  registrations: Option[];
}) {
  return (
    <>
      <RoleFields fields={props.fields} />
      <RegistrationLimit field={props.fields.registrationIds} registrations={props.registrations} />
    </>
  );
}

/** A role, and whether names are part of it. */
export function RoleFields({ fields }: RoleProps) {
  return (
    <>
      <SelectField field={fields.role} label="Role" options={ROLE_OPTIONS} />
      <SwitchField
        field={fields.seesNames}
        label="Sees names"
        hint="Names, e-mail addresses and pictures of people in rosters. Without it people are shown by their user ID."
      />
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
