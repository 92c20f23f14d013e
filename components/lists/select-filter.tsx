import { Select } from "#components/ui/fields/field-controls.tsx";

export type FilterOption = { value: string; label: string };

/** One choice out of a few; the empty value means all. */
export function SelectFilter(props: {
  /** As the API calls it; a form without JavaScript sends it. */
  name: string;
  label: string;
  /** What the empty choice says: “All platforms”. */
  all: string;
  options: FilterOption[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Select
      name={props.name}
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      className="h-8 w-auto max-w-44 text-sm"
    >
      <option value="">{props.all}</option>
      {props.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
