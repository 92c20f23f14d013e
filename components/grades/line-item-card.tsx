"use client";

import { Download, ListPlus } from "lucide-react";
import { useActionState, useEffect } from "react";
import { toast } from "sonner";
import { LoadError } from "#components/errors/load-error.tsx";
import { RefusedByPlatform } from "#components/errors/refused-by-platform.tsx";
import { idleForm, type FormAction } from "#components/forms/form-state.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { Card, CardBody, CardHeader } from "#components/ui/card.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { plural } from "#lib/format.ts";
import { lineItemColumns } from "./line-item-columns.tsx";
import { LineItemForm } from "./line-item-form.tsx";
import { MOST_LINE_ITEMS, useLineItems } from "./use-line-items.ts";

type Actions = { importLineItems: FormAction; addLineItem: FormAction };

/** The columns of the platform's grade book that scores can go to. */
export function LineItemCard({ courseId, ...actions }: Actions & { courseId: string }) {
  const list = useLineItems(courseId);
  const { data } = list;
  const [state, submit] = useActionState(actions.importLineItems, idleForm);

  useEffect(() => {
    if (state.status === "done" && state.message) toast.success(state.message);
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
          </form>
        }
      />
      {(list.error || state.status === "error") && (
        <CardBody className="space-y-3">
          {list.error && (
            <LoadError
              error={list.error}
              retry={() => void list.refetch()}
              hasData={data !== undefined}
            />
          )}
          <RefusedByPlatform state={state} />
        </CardBody>
      )}
      {!data && !list.error && <SkeletonRows rows={3} />}
      {data?.items.length === 0 && (
        <EmptyState icon={ListPlus} title="No line items yet">
          Import those that the platform has, or add one below.
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <div className="max-h-96 overflow-y-auto">
          <DataTable
            caption="Line items"
            columns={lineItemColumns(courseId)}
            rows={data.items}
            rowKey={({ id }) => id}
          />
        </div>
      )}
      {data?.nextCursor && (
        <p className="border-t px-4 py-2 text-xs text-muted">
          The first {MOST_LINE_ITEMS} of {plural(data.total, "line item")}; the API lists all.
        </p>
      )}
      <CardBody className="border-t">
        <Disclosure summary="Add a line item">
          <LineItemForm courseId={courseId} add={actions.addLineItem} />
        </Disclosure>
      </CardBody>
    </Card>
  );
}
