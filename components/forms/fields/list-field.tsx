"use client";

import type { FieldMetadata, FormMetadata } from "@conform-to/react";
import type { ReactNode } from "react";
import { Input } from "#components/ui/fields/field-controls.tsx";
import { FieldErrors, FieldHint } from "./field.tsx";
import { AddEntry, RemoveEntry } from "./list-buttons.tsx";

type ListFieldProps = {
  form: FormMetadata;
  field: FieldMetadata<string[]>;
  label: string;
  /** What one entry is called: “Remove audience 2”. */
  entry: string;
  addLabel: string;
  hint?: ReactNode;
  placeholder?: string;
};

/** Several short texts. Adding and removing are submissions, so they work without JavaScript. */
export function ListField(props: ListFieldProps) {
  const { form, field } = props;
  const entries = field.getFieldList();
  return (
    <fieldset className="space-y-1.5">
      <legend className="text-sm font-medium">{props.label}</legend>
      <FieldHint id={field.descriptionId}>{props.hint}</FieldHint>
      <ul className="space-y-2">
        {entries.map((entry, index) => (
          <Entry key={entry.key} {...props} entryField={entry} index={index} />
        ))}
      </ul>
      <FieldErrors id={field.errorId} messages={field.errors} />
      <AddEntry form={form} field={field} entry="" word={props.addLabel} />
    </fieldset>
  );
}

function Entry(props: ListFieldProps & { entryField: FieldMetadata<string>; index: number }) {
  const { form, field, entryField, index } = props;
  const name = `${props.entry} ${index + 1}`;
  return (
    <li className="space-y-1">
      <div className="flex gap-2">
        <Input
          id={index === 0 ? field.id : entryField.id}
          name={entryField.name}
          defaultValue={entryField.initialValue}
          aria-label={name}
          aria-invalid={entryField.errors?.length ? true : undefined}
          aria-describedby={entryField.errors?.length ? entryField.errorId : undefined}
          placeholder={props.placeholder}
          className="font-mono text-sm"
        />
        <RemoveEntry form={form} field={field} index={index} name={name} />
      </div>
      <FieldErrors id={entryField.errorId} messages={entryField.errors} />
    </li>
  );
}
