"use client";

import { FileSearch } from "lucide-react";
import type { FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { Field } from "#components/forms/fields/field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Input, Textarea } from "#components/ui/fields/field-controls.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { ImportResult } from "#lib/operations/registrations/import/schema.ts";
import { ImportFormats } from "./import-formats.tsx";
import type { ImportPreviewProps, ReadImport } from "./import-preview.tsx";

const ImportPreview = lazily<ImportPreviewProps>(() =>
  import("./import-preview.tsx").then(({ ImportPreview }) => ImportPreview),
);

/** Registrations of another tool in two steps: look at what the file says, then add them. */
export function RegistrationImport(props: {
  previewRegistrations: FormAction<ReadImport>;
  addRegistrations: FormAction<ImportResult>;
}) {
  const { id, fields, state, submit } = usePlainForm(props.previewRegistrations, "import", [
    "text",
    "file",
  ]);
  const read = state.result;
  const described = (field: typeof fields.text) => ({
    id: field.id,
    name: field.name,
    "aria-invalid": field.errors?.length ? true : undefined,
    "aria-describedby": field.errors?.length ? field.errorId : undefined,
  });
  return (
    <div className="space-y-5">
      <Card aria-labelledby="import-title">
        <CardHeader id="import-title" title="Configuration of the tool" />
        <CardBody className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
          <PlainForm id={id} state={state} submit={submit} className="space-y-4">
            <Field field={fields.file} label="File">
              <Input
                {...described(fields.file)}
                type="file"
                accept=".json,.csv,.txt,application/json,text/csv"
                className="h-auto p-1.5 text-sm file:me-3 file:rounded file:border-0 file:bg-sunken file:px-2.5 file:py-1 file:font-medium file:text-ink"
              />
            </Field>
            <Field field={fields.text} label="Or paste its text">
              <Textarea
                {...described(fields.text)}
                rows={8}
                spellCheck={false}
                defaultValue={String(fields.text.initialValue ?? "")}
                className="font-mono text-xs"
              />
            </Field>
            <SubmitButton look={read ? "secondary" : "primary"}>
              <FileSearch aria-hidden /> {read ? "Preview again" : "Preview"}
            </SubmitButton>
          </PlainForm>
          <ImportFormats />
        </CardBody>
      </Card>
      {read && (
        <ImportPreview key={read.text} read={read} addRegistrations={props.addRegistrations} />
      )}
    </div>
  );
}
