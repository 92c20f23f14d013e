import { SelectField } from "#components/forms/fields/select-field.tsx";
import type { FormField } from "#components/forms/fields/field.tsx";

/** The zone in whose clock the times of a schedule are meant. */
export function ZoneField({ field, zones }: { field: FormField; zones: string[] }) {
  return (
    <SelectField
      field={field}
      label="Time zone"
      hint="times stay the same by its clock when summer time begins or ends"
      options={zones.map((zone) => ({ value: zone, label: zone }))}
    />
  );
}
