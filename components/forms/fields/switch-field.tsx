import type { ReactNode } from "react";
import { FieldErrors, FieldHint, describedBy, type FormField } from "./field.tsx";

export function SwitchField(props: { field: FormField; label: string; hint?: ReactNode }) {
  const { field } = props;
  return (
    <div className="space-y-1">
      <label className="flex min-h-6 w-fit items-center gap-2.5 text-sm font-medium">
        <span className="relative inline-flex">
          <input
            key={field.key}
            id={field.id}
            name={field.name}
            type="checkbox"
            role="switch"
            defaultChecked={field.initialValue === "on"}
            aria-describedby={describedBy(field, props.hint)}
            className="peer h-5 w-9 appearance-none rounded-full border border-control bg-control transition-colors checked:border-accent checked:bg-accent"
          />
          <span
            aria-hidden
            className="pointer-events-none absolute start-0.5 top-0.5 size-4 rounded-full bg-surface transition-transform peer-checked:translate-x-4"
          />
        </span>
        {props.label}
      </label>
      <FieldHint id={field.descriptionId}>{props.hint}</FieldHint>
      <FieldErrors id={field.errorId} messages={field.errors} />
    </div>
  );
}
