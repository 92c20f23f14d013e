import { ChoiceField } from "#components/forms/fields/choice-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";

/** To which registrations something is limited; nothing where there is none to choose. */
export function RegistrationsField(props: {
  field: FormField;
  registrations: { value: string; label: string }[];
}) {
  if (props.registrations.length === 0) return null;
  return (
    <ChoiceField
      field={props.field}
      type="checkbox"
      label="Of these registrations"
      hint="none chosen: of all"
      choices={props.registrations}
    />
  );
}
