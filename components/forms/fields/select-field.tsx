import { Select } from "#components/ui/fields/field-controls.tsx";
import { describedBy, Field, type FieldWords, type FormField } from "./field.tsx";

export type Option = { value: string; label: string };

export function SelectField(
  props: FieldWords & {
    field: FormField;
    options: Option[];
    placeholder?: string;
    onChoose?: (value: string) => void;
  },
) {
  const { field } = props;
  const chosen = typeof field.initialValue === "string" ? field.initialValue : "";
  return (
    <Field {...props}>
      {/* A form reset puts a select back to its first option; the key keeps the choice. */}
      <Select
        key={`${field.key}:${chosen}`}
        id={field.id}
        name={field.name}
        defaultValue={chosen}
        required={!props.isOptional}
        onChange={(event) => props.onChoose?.(event.target.value)}
        aria-invalid={field.errors?.length ? true : undefined}
        aria-describedby={describedBy(field, props.hint)}
      >
        {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
