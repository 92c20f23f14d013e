"use client";

import { Download, ListPlus } from "lucide-react";
import { useEffect } from "react";
import { RefusedByPlatform } from "#components/errors/refused-by-platform.tsx";
import { ActError } from "#components/forms/acts/act-error.tsx";
import { sayDone } from "#components/forms/acts/say-done.ts";
import type { FormAction } from "#components/forms/form-state.ts";
import { useAct } from "#components/forms/use-act.ts";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { ReadState } from "#components/live/read-state.tsx";
import { lineItemsOf } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Card, CardBody, CardHeader } from "#components/ui/boxes/card.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { Disclosure } from "#components/ui/boxes/disclosure.tsx";
import { EmptyState } from "#components/ui/boxes/empty-state.tsx";
import { plural } from "#lib/format.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import { lineItemColumns } from "./line-item-columns.tsx";
import { LineItemForm } from "./line-item-form.tsx";

type Actions = { importLineItems: FormAction; addLineItem: FormAction };

/** The columns of the platform's grade book that scores can go to. */
export function LineItemCard({ courseId, ...actions }: Actions & { courseId: string }) {
  const list = useRead(lineItemsOf(courseId));
  const [state, submit] = useAct(actions.importLineItems);

  useEffect(() => {
    if (state.status === "done" && state.message) sayDone(state.message);
  }, [state]);

  return (
    <Card aria-labelledby="line-items">
      <CardHeader
        id="line-items"
        title="Line items"
        description="Columns of the platform's grade book; each score goes to one."
        actions={
          <form action={submit}>
            <input type="hidden" name="courseId" value={courseId} />
            <SubmitButton look="secondary" size="sm">
              <Download aria-hidden /> Import from the platform
            </SubmitButton>
            <ActError state={state}>
              <RefusedByPlatform state={state} />
            </ActError>
          </form>
        }
      />
      <ReadState of={list} errorClassName="p-3">
        {(data) => <LineItems courseId={courseId} list={data} />}
      </ReadState>
      <CardBody className="border-t">
        <Disclosure summary="Add a line item">
          <LineItemForm courseId={courseId} add={actions.addLineItem} />
        </Disclosure>
      </CardBody>
    </Card>
  );
}

function LineItems({ courseId, list }: { courseId: string; list: Page<LineItemView> }) {
  if (list.items.length === 0) {
    return (
      <EmptyState icon={ListPlus} title="No line items yet">
        Import those that the platform has, or add one below.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="max-h-96 overflow-y-auto">
        <ListTable
          caption="Line items"
          columns={lineItemColumns(courseId)}
          rows={list.items}
          rowKey={({ id }) => id}
        />
      </div>
      {list.nextCursor && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          The first {list.items.length} of {plural(list.total, "line item")}; the API lists all.
        </p>
      )}
    </>
  );
}
