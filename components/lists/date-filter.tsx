import { Input } from "#components/ui/fields/field-controls.tsx";

/** One end of a range of days; a day at its end is part of it. */
export function DateFilter(props: {
  name: "since" | "until";
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      {props.label}
      <Input
        type="date"
        name={props.name}
        // An address may name a moment; the field shows its day.
        value={props.value.slice(0, 10)}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-8 w-32 text-xs"
      />
    </label>
  );
}
