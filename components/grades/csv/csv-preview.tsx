"use client";

import { Send } from "lucide-react";
import { useEffect, useRef } from "react";
import { FormErrors } from "#components/forms/form-errors.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { Checkbox } from "#components/ui/fields/field-controls.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { ScoreCsvPreview, ScorePushResult } from "#lib/operations/scores/schema.ts";
import { ERROR_COLUMNS, SAMPLE_COLUMNS } from "./csv-preview-columns.tsx";

/** A file that was read and not stored. */
export type ReadCsv = {
  lineItemId: string;
  fileName: string;
  csv: string;
  preview: ScoreCsvPreview;
};

export type CsvPreviewProps = {
  courseId: string;
  read: ReadCsv;
  lineItem: string;
  storeScores: FormAction<ScorePushResult>;
};

/** What a file says and what would be stored of it; stored only when that is confirmed. */
export function CsvPreview(props: CsvPreviewProps) {
  const { preview, fileName } = props.read;
  const region = useRef<HTMLDivElement>(null);
  const canStore = preview.errorCount === 0 && preview.valid > 0;

  useEffect(() => region.current?.focus(), []);

  return (
    <div ref={region} tabIndex={-1} className="rounded-lg">
      <Card aria-labelledby="preview-title">
        <CardHeader id="preview-title" title={`Preview of ${fileName}`} />
        <CardBody className="space-y-3">
          {preview.errorCount > 0 && <Refused {...props} />}
          {preview.errorCount === 0 && preview.valid === 0 && (
            <Banner tone="warn" title="There is no row below the header">
              <p>Nothing can be stored.</p>
            </Banner>
          )}
          {preview.notInRoster > 0 && (
            <Banner tone="warn" title={`${plural(preview.notInRoster, "user")} not in the roster`}>
              <p>The platform will probably turn them down. They are marked in the rows below.</p>
            </Banner>
          )}
          {preview.aboveMaximum > 0 && (
            <Banner
              tone="warn"
              title={`${plural(preview.aboveMaximum, "score")} above the maximum`}
            >
              <p>
                That may be meant, as extra credit; many platforms take it, some cut it to the
                maximum. They are marked in the rows below.
              </p>
            </Banner>
          )}
          {preview.teachers > 0 && (
            <Banner
              tone="warn"
              title={`${plural(preview.teachers, "instructor or teaching assistant", "instructors and teaching assistants")} among them`}
            >
              <p>Platforms keep grades of students; they will probably turn these down.</p>
            </Banner>
          )}
          {canStore && <Confirm {...props} />}
        </CardBody>
        <FactList className="border-t" facts={factsOf(props.read)} />
        {preview.errors.length > 0 && (
          <PartTable
            title="What is wrong"
            note={
              preview.errorCount > preview.errors.length
                ? `The first ${formatCount(preview.errors.length)} of ${formatCount(preview.errorCount)}`
                : undefined
            }
          >
            <ListTable
              caption="Errors by line"
              columns={ERROR_COLUMNS}
              rows={preview.errors}
              rowKey={({ line, column, message }) => `${line}:${column}:${message}`}
            />
          </PartTable>
        )}
        {preview.sample.length > 0 && (
          <PartTable
            title={canStore ? "What would be stored" : "Rows that are right"}
            note={
              preview.valid > preview.sample.length
                ? `The first ${preview.sample.length} of ${formatCount(preview.valid)}`
                : undefined
            }
          >
            <ListTable
              caption="Rows as they would be stored"
              columns={SAMPLE_COLUMNS}
              rows={preview.sample}
              rowKey={({ line }) => String(line)}
            />
          </PartTable>
        )}
      </Card>
    </div>
  );
}

function Refused({ read: { preview } }: CsvPreviewProps) {
  const right = preview.valid > 0 ? `; ${plural(preview.valid, "row")} would be right` : "";
  return (
    <Banner
      tone="bad"
      role="alert"
      title={`${plural(preview.errorCount, "problem")} in this file${right}`}
    >
      <p>Nothing can be stored. Correct the lines below and preview the file again.</p>
    </Banner>
  );
}

function Confirm({ courseId, read, lineItem, storeScores }: CsvPreviewProps) {
  const [state, submit] = useAct(storeScores);
  if (state.status === "done")
    return (
      <Banner tone="ok" role="status" title={state.message}>
        <p>
          <TextLink href={`/courses/${courseId}/grades?state=pending`}>See what waits</TextLink>;
          they go out with the next grade sync.
        </p>
      </Banner>
    );
  return (
    <form id="store" action={submit} className="space-y-3">
      <FormErrors state={state} formId="store" />
      <input type="hidden" name="lineItemId" value={read.lineItemId} />
      <input type="hidden" name="csv" value={read.csv} />
      <p className="text-base">
        Stores {plural(read.preview.valid, "score")} for <strong>{lineItem}</strong>. A value that
        is stored already changes nothing.
      </p>
      <label className="flex w-fit items-center gap-1.5 text-sm font-medium">
        <Checkbox name="send" value="on" defaultChecked /> Send now
      </label>
      <SubmitButton>
        <Send aria-hidden /> Store {plural(read.preview.valid, "score")}
      </SubmitButton>
    </form>
  );
}

function factsOf({ preview }: ReadCsv) {
  return [
    { label: "Rows", value: formatCount(preview.lines) },
    { label: "Columns used", value: preview.columns.join(", ") || "none" },
    ...(preview.ignoredColumns.length > 0
      ? [{ label: "Columns ignored", value: preview.ignoredColumns.join(", ") }]
      : []),
  ];
}

function PartTable(props: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <div className="border-t">
      <h3 className="flex flex-wrap items-baseline gap-x-2 px-4 py-2.5 text-sm font-semibold">
        {props.title}
        {props.note && <span className="text-xs font-normal text-muted">{props.note}</span>}
      </h3>
      {props.children}
    </div>
  );
}
