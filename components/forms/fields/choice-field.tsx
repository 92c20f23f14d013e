import type { ReactNode } from "react";
import { Checkbox, Radio } from "#components/ui/fields/field-controls.tsx";
import { FieldErrors, type FormField } from "./field.tsx";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode };

/** One of a few, or some of a few, each with room for an explanation. */
export function ChoiceField(props: {
  field: FormField;
  label: string;
  type: "radio" | "checkbox";
  choices: Choice[];
  hint?: ReactNode;
  onChoose?: (value: string) => void;
}) {
  const { field, type } = props;
  const chosen = chosenValues(field.initialValue);
  const Control = type === "radio" ? Radio : Checkbox;
  return (
    <fieldset aria-describedby={field.errors?.length ? field.errorId : undefined}>
      <legend className="text-sm font-medium">{props.label}</legend>
      {props.hint && <p className="mt-1 text-xs text-muted">{props.hint}</p>}
      <div className="mt-2 space-y-2">
        {props.choices.map((choice, index) => (
          <label
            key={`${field.key}:${choice.value}`}
            className="flex items-start gap-2 rounded-md border bg-surface px-3 py-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft"
          >
            <Control
              id={index === 0 ? field.id : undefined}
              name={field.name}
              value={choice.value}
              defaultChecked={chosen.includes(choice.value)}
              onChange={() => props.onChoose?.(choice.value)}
              className="mt-0.5"
            />
            <span className="min-w-0 text-sm">
              <span className="font-medium">{choice.label}</span>
              {choice.hint && (
                <span className="block text-xs text-muted first-letter:uppercase">
                  {choice.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
      <FieldErrors id={field.errorId} messages={field.errors} />
    </fieldset>
  );
}

function chosenValues(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === "string");
  return typeof value === "string" ? [value] : [];
}
