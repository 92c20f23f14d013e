"use client";

import { Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { FormErrors } from "#components/forms/form-errors.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { ListTable } from "#components/lists/list-table.tsx";
import { Banner } from "#components/ui/boxes/banner.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import { FactList } from "#components/ui/text/fact-list.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { ImportResult } from "#lib/operations/registrations/import/schema.ts";
import { importColumns } from "./import-columns.tsx";

/** A file that was read; nothing of it is added yet. */
export type ReadImport = { text: string; preview: ImportResult };

const FORMATS: Record<ImportResult["format"], string> = {
  pylti1p3: "PyLTI1p3",
  ltijs: "ltijs",
  csv: "CSV",
};

export type ImportPreviewProps = {
  read: ReadImport;
  addRegistrations: FormAction<ImportResult>;
};

/** What would become of each registration of a file, then what did. */
export function ImportPreview(props: ImportPreviewProps) {
  const [state, submit] = useAct(props.addRegistrations);
  const region = useRef<HTMLDivElement>(null);
  useEffect(() => region.current?.focus(), [state.status]);
  const { text, preview } = props.read;
  const isDone = state.status === "done";
  const shown = state.result ?? preview;
  return (
    <div ref={region} tabIndex={-1} className="rounded-lg">
      <Card aria-labelledby="preview-title">
        <CardHeader
          id="preview-title"
          title={isDone ? "What became of each" : "What would become of each"}
        />
        <CardBody className="space-y-3">
          {isDone ? (
            <Banner tone="ok" role="status" title={state.message}>
              <p>
                <TextLink href="/registrations">See all registrations</TextLink>, and test the
                connection of each that is new.
              </p>
            </Banner>
          ) : (
            <form id="add" action={submit} className="space-y-3">
              <FormErrors state={state} formId="add" />
              <input type="hidden" name="text" value={text} />
              {preview.added === 0 ? (
                <p className="text-base">There is nothing in it to add.</p>
              ) : (
                <SubmitButton>
                  <Plus aria-hidden /> Add {plural(preview.added, "registration")}
                </SubmitButton>
              )}
            </form>
          )}
        </CardBody>
        <FactList
          className="border-t"
          facts={[
            { label: "Read as", value: FORMATS[shown.format] },
            { label: isDone ? "Added" : "New", value: formatCount(shown.added) },
            { label: "Known, the same", value: formatCount(shown.known) },
            { label: "Known, with other values", value: formatCount(shown.differs) },
            { label: "Refused", value: formatCount(shown.refused) },
          ]}
        />
        <div className="border-t">
          <ListTable
            caption="Registrations of the file"
            columns={importColumns(isDone)}
            rows={shown.rows}
            rowKey={({ place }) => place}
          />
        </div>
      </Card>
    </div>
  );
}
