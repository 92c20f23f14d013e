import { Select } from "#components/ui/field-controls.tsx";

export type FilterOption = { value: string; label: string };

/** One choice out of a few; the empty value means all. */
export function SelectFilter(props: {
  label: string;
  /** What the empty choice says: “All platforms”. */
  all: string;
  options: FilterOption[];
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Select
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      className="h-8 w-auto max-w-full text-sm"
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
