"use client";

import { ErrorNotice } from "#components/errors/error-notice.tsx";
import type { FormAction } from "#components/forms/form-state.ts";
import { ServerForm } from "#components/forms/server-form.tsx";
import { SubmitButton } from "#components/forms/acts/submit-button.tsx";
import { TextField } from "#components/forms/fields/text-field.tsx";
import { useServerForm } from "#components/forms/use-server-form.ts";
import type { LineItemInput } from "#lib/operations/line-items/schema.ts";

export function LineItemForm({ courseId, add }: { courseId: string; add: FormAction }) {
  const { form, fields, state, submit } = useServerForm<LineItemInput>(add, {}, "line-item");
  return (
    <ServerForm form={form} state={state} submit={submit} className="max-w-2xl space-y-3">
      {state.problem?.code.startsWith("lti.") && <ErrorNotice problem={state.problem} />}
      <input type="hidden" name="courseId" value={courseId} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField field={fields.label} label="Label" placeholder="Quiz 1" />
        <TextField field={fields.scoreMaximum} label="Maximum score" inputMode="decimal" />
        <TextField
          field={fields.resourceId}
          label="Resource ID"
          hint="found by it, and created only if there is none"
          isOptional
        />
        <TextField field={fields.tag} label="Tag" isOptional />
      </div>
      <TextField
        field={fields.url}
        label="URL"
        hint="only for a line item that the platform has already"
        placeholder="https://"
        inputMode="url"
        spellCheck={false}
        isOptional
      />
      <SubmitButton look="secondary">Add line item</SubmitButton>
    </ServerForm>
  );
}
