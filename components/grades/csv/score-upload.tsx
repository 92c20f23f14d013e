"use client";

import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import type { FormAction } from "#components/forms/form-state.ts";
import { Field } from "#components/forms/fields/field.tsx";
import { SelectField, type Option } from "#components/forms/fields/select-field.tsx";
import { PlainForm } from "#components/forms/plain-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { usePlainForm } from "#components/forms/use-plain-form.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { Input } from "#components/ui/fields/field-controls.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { ScorePushResult } from "#lib/operations/scores/schema.ts";
import { CsvColumns } from "./csv-columns.tsx";
import type { CsvPreviewProps, ReadCsv } from "./csv-preview.tsx";

const CsvPreview = lazily<CsvPreviewProps>(() =>
  import("./csv-preview.tsx").then(({ CsvPreview }) => CsvPreview),
);

type Props = {
  courseId: string;
  lineItems: Option[];
  chosenLineItemId?: string;
  previewScores: FormAction<ReadCsv>;
  storeScores: FormAction<ScorePushResult>;
};

/** Scores from a file in two steps: look at what it says, then store it. */
export function ScoreUpload(props: Props) {
  // A form is reset once it was sent; the next file is mostly for the same line item.
  const [lineItemId, setLineItemId] = useState(props.chosenLineItemId ?? "");
  const { id, fields, state, submit } = usePlainForm(
    props.previewScores,
    "upload",
    ["lineItemId", "file"],
    { lineItemId },
  );
  const read = state.result;
  return (
    <div className="space-y-5">
      <Card aria-labelledby="upload-title">
        <CardHeader
          id="upload-title"
          title="Upload scores"
          description="Nothing is stored before you have seen what the file says."
        />
        <CardBody className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
          <PlainForm id={id} state={state} submit={submit} className="space-y-4">
            <SelectField
              field={fields.lineItemId}
              label="Line item"
              options={props.lineItems}
              placeholder="Choose a line item"
              onChoose={setLineItemId}
            />
            <Field field={fields.file} label="CSV file">
              <Input
                id={fields.file.id}
                name={fields.file.name}
                type="file"
                accept=".csv,.tsv,.txt,text/csv"
                required
                aria-invalid={fields.file.errors?.length ? true : undefined}
                aria-describedby={fields.file.errors?.length ? fields.file.errorId : undefined}
                className="h-auto p-1.5 text-sm file:me-3 file:rounded file:border-0 file:bg-sunken file:px-2.5 file:py-1 file:font-medium file:text-ink"
              />
            </Field>
            <SubmitButton look={read ? "secondary" : "primary"}>
              <FileSpreadsheet aria-hidden /> {read ? "Preview another file" : "Preview"}
            </SubmitButton>
          </PlainForm>
          <CsvColumns courseId={props.courseId} />
        </CardBody>
      </Card>
      {read && (
        <CsvPreview
          key={`${read.fileName}:${read.csv}`}
          courseId={props.courseId}
          read={read}
          lineItem={props.lineItems.find(({ value }) => value === read.lineItemId)?.label ?? ""}
          storeScores={props.storeScores}
        />
      )}
    </div>
  );
}
