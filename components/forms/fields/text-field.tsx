import type { ComponentProps } from "react";
import { Input, Textarea } from "#components/ui/fields/field-controls.tsx";
import { describedBy, Field, type FieldWords, type FormField } from "./field.tsx";

type Props<Control extends "input" | "textarea"> = FieldWords & {
  field: FormField;
} & Omit<ComponentProps<Control>, "id" | "name" | "defaultValue" | "className">;

export function TextField({ field, label, hint, isOptional, className, ...rest }: Props<"input">) {
  const words = { label, hint, isOptional, className };
  return (
    <Field field={field} {...words}>
      <Input key={field.key} {...controlProps(field, words)} type="text" {...rest} />
    </Field>
  );
}

export function TextareaField({
  field,
  label,
  hint,
  isOptional,
  className,
  ...rest
}: Props<"textarea">) {
  const words = { label, hint, isOptional, className };
  return (
    <Field field={field} {...words}>
      <Textarea key={field.key} {...controlProps(field, words)} {...rest} />
    </Field>
  );
}

function controlProps(field: FormField, words: FieldWords) {
  return {
    id: field.id,
    name: field.name,
    defaultValue: typeof field.initialValue === "string" ? field.initialValue : undefined,
    required: !words.isOptional,
    "aria-invalid": field.errors?.length ? true : undefined,
    "aria-describedby": describedBy(field, words.hint),
  };
}
